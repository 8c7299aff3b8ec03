/**
 * How a message travels: `%`, carriage return and line feed are written as `%25`, `%0D` and `%0A`, all else as it is.
 *
 * A server that passes messages on as server-sent events ends each at a line break. Every backend that shares a store
 * with others has to write so, or they wouldn't read one another.
 */
export function encodeMessage(message: string): string {
  return message.replace(/[%\r\n]/g, (character) => written[character] as string);
}

/** What {@link encodeMessage} was given. What another program wrote is left as it is, but for those three. */
export function decodeMessage(text: string): string {
  return text.replace(/%(?:25|0D|0A)/g, (sequence) => read[sequence] as string);
}

const written: Readonly<Record<string, string>> = { "%": "%25", "\r": "%0D", "\n": "%0A" };
const read: Readonly<Record<string, string>> = { "%25": "%", "%0D": "\r", "%0A": "\n" };
