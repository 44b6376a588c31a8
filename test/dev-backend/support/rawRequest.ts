import { connect, type Socket } from "node:net";

/** A request as it goes over the wire, for what fetch would not send. */
export interface RawRequest {
  port: number;
  /** Such as `POST /auth/logout`. */
  call: string;
  cookie?: string;
  /** Sent in chunks, without a length; without one neither is announced, as curl does it. */
  chunks?: readonly string[];
}

/** Sends it, waits until the server has answered in full, and gives status and body. */
export function sendRaw(request: RawRequest): Promise<{ status: number; body: string }> {
  const { chunks } = request;
  const socket = open(request);
  if (chunks) socket.write(`${chunks.map(toChunk).join("")}0\r\n\r\n`);
  let answer = "";
  return new Promise((resolve, reject) => {
    socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
    socket.once("error", reject).once("close", () => {
      const [head = "", body = ""] = answer.split("\r\n\r\n");
      resolve({ status: Number(head.split(" ")[1]), body });
    });
  });
}

/** Sends it as far as its last chunk, without the end of the body, and leaves `afterMs` later. */
export function sendAndLeave(request: RawRequest, afterMs = 0): Promise<void> {
  const socket = open(request);
  socket.write(request.chunks?.map(toChunk).join("") ?? "");
  return new Promise((resolve) => {
    socket.once("error", () => undefined).once("close", () => resolve());
    socket.once("connect", () => setTimeout(() => socket.destroy(), afterMs));
  });
}

function open({ port, call, cookie, chunks }: RawRequest): Socket {
  const [method, path] = call.split(" ");
  const socket = connect(port, "127.0.0.1");
  socket.write(
    [
      `${method} /api${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      "connection: close",
      ...(cookie === undefined ? [] : [`cookie: ${cookie}`]),
      ...(chunks === undefined ? [] : ["transfer-encoding: chunked"]),
      "\r\n",
    ].join("\r\n"),
  );
  return socket;
}

function toChunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}
