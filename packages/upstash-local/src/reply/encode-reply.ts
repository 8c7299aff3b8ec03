import type { Reply } from "./reply.ts";

/** How the strings of a reply are written. Errors are never encoded. */
export type Encoding = "text" | "base64";

/**
 * Writes a reply as JSON text. Integers keep all of their digits, even beyond 2^53.
 *
 * In base64, every string is encoded, even nested ones. Only a reply that is `OK` as a whole stays readable, as the service
 * documents. In plain text, bytes that aren't UTF-8 become U+FFFD.
 */
export function encodeReply(reply: Reply, encoding: Encoding): string {
  if (encoding === "base64" && Buffer.isBuffer(reply) && reply.toString("latin1") === "OK") return '"OK"';
  return encodeNested(reply, encoding === "base64" ? encodeBase64 : encodeText);
}

function encodeNested(reply: Reply, encodeString: (bytes: Buffer) => string): string {
  if (reply === null) return "null";
  if (typeof reply === "string") return reply;
  if (Buffer.isBuffer(reply)) return encodeString(reply);
  if (reply instanceof Error) return encodeString(Buffer.from(reply.message));
  return `[${(reply as readonly Reply[]).map((each) => encodeNested(each, encodeString)).join(",")}]`;
}

const encodeText = (bytes: Buffer) => JSON.stringify(bytes.toString());
const encodeBase64 = (bytes: Buffer) => `"${bytes.toString("base64")}"`;
