/**
 * The addresses that proxies say they received a request from, nearest first; undefined for an element that names none. They
 * are read from the right and only as far as needed, so what a caller put in front can't change how the rest is read.
 */
export type ForwardedAddresses = Iterable<string | undefined>;

/** Reads `X-Forwarded-For` and other plain lists. */
export function* listedAddresses(value: string): ForwardedAddresses {
  let end = value.length;
  while (end >= 0) {
    const comma = end === 0 ? -1 : value.lastIndexOf(",", end - 1);
    const entry = value.slice(comma + 1, end).trim();
    if (entry !== "") yield entry;
    end = comma;
  }
}

/** Reads `Forwarded` (RFC 7239): the `for` of each element, without its quotes. */
export function* forwardedAddresses(value: string): ForwardedAddresses {
  let end = value.length;
  while (end >= 0) {
    const comma = lastSeparator(value, end);
    const element = value.slice(comma + 1, end).trim();
    if (element !== "") yield forOf(element);
    end = comma;
  }
}

/** The last comma before `end` that isn't quoted, with quotes paired from the right; -1 if there is none. */
function lastSeparator(value: string, end: number): number {
  let isQuoted = false;
  for (let index = end - 1; index >= 0; index -= 1) {
    if (value[index] === '"' && !isEscaped(value, index, isQuoted)) isQuoted = !isQuoted;
    else if (value[index] === "," && !isQuoted) return index;
  }
  return -1;
}

/** Whether, within quotes, an odd number of backslashes precedes it. */
function isEscaped(value: string, index: number, isQuoted: boolean): boolean {
  let first = index;
  while (isQuoted && value[first - 1] === "\\") first -= 1;
  return (index - first) % 2 === 1;
}

/** More lenient than the RFC, because proxies are: a port or an IPv6 address may come without quotes. */
const pair = /^\s*([^\s=";]+)=([^\s=";]+|"(?:[^"\\]|\\.)*")\s*$/;

function forOf(element: string): string | undefined {
  const found: string[] = [];
  for (const text of splitPairs(element)) {
    if (text.trim() === "") continue;
    const [, name, written = ""] = pair.exec(text) ?? [];
    if (name === undefined) return undefined;
    if (name.toLowerCase() !== "for") continue;
    found.push(written.startsWith('"') ? written.slice(1, -1).replace(/\\(.)/g, "$1") : written);
  }
  return found.length === 1 ? found[0] : undefined;
}

function splitPairs(element: string): string[] {
  return element.match(/(?:[^;"]|"(?:[^"\\]|\\.)*")+|"/g) ?? [];
}
