import { RequestError } from "../request-error.ts";

/** Returns the result of `work`. After `timeoutMs`, calls `giveUp` and rejects with a {@link RequestError} 504. */
export async function beforeDeadline<T>(work: Promise<T>, timeoutMs: number, giveUp: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new RequestError(504, `ERR Redis didn't answer within ${timeoutMs} ms; the command may have been run`));
      giveUp();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // It was given up, so nobody waits for its failure.
  }
}
