/**
 * How messages are sent: `%`, carriage return and line feed are written as `%25`, `%0D` and `%0A`, and everything else as it is.
 *
 * A server that passes messages on as server-sent events ends each of them at a line break. All backends have to encode
 * messages in this way, or those that share a store couldn't read each other's.
 */
export function encodeMessage(message: string): string {
  return message.replace(/[%\r\n]/g, (character) => written[character] as string);
}

/** The text that {@link encodeMessage} was given. In messages from other programs, only those three codes are decoded. */
export function decodeMessage(text: string): string {
  return text.replace(/%(?:25|0D|0A)/g, (sequence) => read[sequence] as string);
}

const written: Readonly<Record<string, string>> = { "%": "%25", "\r": "%0D", "\n": "%0A" };
const read: Readonly<Record<string, string>> = { "%25": "%", "%0D": "\r", "%0A": "\n" };
