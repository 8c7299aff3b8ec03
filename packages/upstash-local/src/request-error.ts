/** Makes the whole request be answered with `{ "error": message }`. The message is meant for the caller. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "RequestError";
    this.status = status;
  }
}
