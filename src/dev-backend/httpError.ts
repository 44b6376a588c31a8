import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An answer that is not a success; `message` goes to the person as `{ "error": message }`. */
export class HttpError extends Error {
  readonly status: ContentfulStatusCode;

  constructor(status: ContentfulStatusCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
  }
}
