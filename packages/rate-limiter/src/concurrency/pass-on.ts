import { ConfigurationError } from "@keyward/core";

/**
 * Tells of a response at once, and resolves when nothing of its body is left to come: it has been read, it broke, its reader gave
 * it up, or the signal aborted.
 *
 * The reader isn't told of the end yet, nor of what broke it: what this resolves with does that. Where a request ends with its
 * response, as in Workers, what has to be done after the body can only be done before its end.
 *
 * @throws {ConfigurationError} for what isn't a response, or one that has been read from.
 */
export async function passOn(
  response: Response,
  signal: AbortSignal,
  tell: (response: Response) => void,
): Promise<() => void> {
  const body = (response as Response | undefined)?.body;
  if (body === undefined || body?.locked || response.bodyUsed) {
    throw new ConfigurationError("work", "must return a Response whose body nobody has begun to read");
  }
  if (body === null) {
    tell(response);
    return () => undefined;
  }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const passed = body.pipeTo(writable, { signal, preventClose: true, preventAbort: true });
  tell(new Response(readable, response));
  const end = await passed.then(
    () => () => writable.close(),
    (error: unknown) => () => writable.abort(error),
  );
  // A reader that has gone isn't to be told anything.
  return () => void end().catch(() => undefined);
}
