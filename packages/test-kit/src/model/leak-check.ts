/** How many of the values that it knows the body of a request still holds. */
export type LeakCheck = (body: string) => number;

/** JSON inside a string inside JSON, and so on: deeper than tool results nest it. */
const maxDepth = 8;

/**
 * Looks for `values` in a body as it came over the wire, and in everything that its reader may decode: JSON strings and property
 * names with all escapes, JSON within strings, percent-encoded text.
 */
export function createLeakCheck(values: readonly string[]): LeakCheck {
  const known = [...new Set(values)].filter((value) => value !== "");
  return (body) => {
    const readings = [body];
    decodeInto(readings, body, 0);
    // One haystack; no value can span the border of two readings, because none holds the separator.
    const haystack = readings.flatMap((reading) => [reading, percentDecoded(reading)]).join("\u0000");
    return known.filter((value) => haystack.includes(value)).length;
  };
}

function decodeInto(readings: string[], text: string, depth: number): void {
  if (depth >= maxDepth || !/["{[]/.test(text)) return;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return;
  }
  walk(parsed, (found) => {
    readings.push(found);
    decodeInto(readings, found, depth + 1);
  });
}

/** Walks with a list instead of recursion, since a body may be nested deeper than the call stack. */
function walk(root: unknown, visit: (text: string) => void): void {
  const waiting = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node === "string") visit(node);
    else if (typeof node === "number") visit(String(node));
    else if (Array.isArray(node)) for (const item of node) waiting.push(item);
    else if (typeof node === "object" && node !== null) {
      for (const [name, item] of Object.entries(node)) waiting.push(name, item);
    }
  }
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
