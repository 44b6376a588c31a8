/** A request that failed. The message is for the person who made it: what is wrong, what to do. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  /** The status of the answer; `undefined` if none came. */
  readonly status: number | undefined;

  constructor(message: string, status?: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}
