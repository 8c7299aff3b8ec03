/**
 * Makes a string that was joined lazily flat, as whatever reads it would have to: reading a number from it is the
 * cheapest such reader and gives up at the first letter.
 */
export function flatten(text: string): number {
  return Number(text);
}
