import { ConfigurationError } from "@keyward/core";

/**
 * Tells of a response at once, and resolves when nothing of its body is left to come: it has been read to its end, it broke,
 * its reader gave it up, or the signal aborted. What breaks it the reader is told, and this isn't.
 *
 * @throws {ConfigurationError} for what isn't a response, or one that has been read from.
 */
export async function handOnBody(
  response: Response,
  signal: AbortSignal,
  tell: (response: Response) => void,
): Promise<void> {
  const body = (response as Response | undefined)?.body;
  if (body === undefined || body?.locked || response.bodyUsed) {
    throw new ConfigurationError("work", "has to answer with a Response of which nothing has been read");
  }
  if (body === null) return tell(response);
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const passed = body.pipeTo(writable, { signal });
  tell(new Response(readable, response));
  await passed.catch(() => undefined);
}
