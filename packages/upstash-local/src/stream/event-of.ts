/**
 * A message as a server-sent event, whole for any reader that keeps to the standard.
 *
 * The service's own client takes each line that begins with `data: `, space included, for a message. Only the first line of a
 * message begins so: what follows can't pass for a message of its own, and that client sees the first line.
 */
export function eventOf(message: string): string {
  const [first = "", ...others] = message.split(/\r\n|\n|\r/);
  // A reader drops one space, so a line that begins with one gets another.
  const rest = others.map((line) => `data:${line.startsWith(" ") ? " " : ""}${line}\n`);
  return `data: ${first}\n${rest.join("")}\n`;
}
