/**
 * Writes a message as a server-sent event, complete for any reader that follows the standard.
 *
 * The service's own client treats each line that begins with `data: `, including the space, as a message. Only the first line
 * begins this way, so the other lines can't pass for messages, and that client sees the first line.
 */
export function eventOf(message: string): string {
  const [first = "", ...others] = message.split(/\r\n|\n|\r/);
  // A reader drops one space, so a line that begins with a space gets another.
  const rest = others.map((line) => `data:${line.startsWith(" ") ? " " : ""}${line}\n`);
  return `data: ${first}\n${rest.join("")}\n`;
}
