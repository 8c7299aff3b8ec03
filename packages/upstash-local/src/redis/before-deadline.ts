import { RequestError } from "../request-error.ts";

/** The result of `work`, or after `timeoutMs` a {@link RequestError} 504, once `giveUp` has been called. */
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
    work.catch(() => {}); // Given up, so its failure is nobody's news.
  }
}
