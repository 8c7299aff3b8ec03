const stringSource = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`;
const scalar = new RegExp(`${stringSource}|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null`, "y");
const memberName = new RegExp(`${stringSource}[ \\t\\n\\r]*:`, "y");
const space = /[ \t\n\r]*/y;
const nowhere = -1;
const closerOf = new Map([
  ["[", "]"],
  ["{", "}"],
]);

/**
 * Whether a short text is a JSON object or array. It agrees with `JSON.parse`, but for short texts an exception costs fifty
 * times as much, and a document may have hundreds of thousands of strings that only start like JSON.
 */
export function isShortJson(text: string): boolean {
  const closers: string[] = [];
  let at = endOf(space, text, 0);
  do {
    const closer = closerOf.get(text.charAt(at));
    if (closer !== undefined) {
      closers.push(closer);
      at = endOf(space, text, at + 1);
      if (text.charAt(at) !== closer) {
        at = memberStart(text, at, closer);
        continue;
      }
    } else if (closers.length > 0) {
      at = behindSpace(text, endOf(scalar, text, at));
    } else {
      return false;
    }
    while (closers.length > 0 && text.charAt(at) === closers.at(-1)) {
      closers.pop();
      at = endOf(space, text, at + 1);
    }
    if (closers.length === 0) return at === text.length;
    at = text.charAt(at) === "," ? memberStart(text, endOf(space, text, at + 1), closers.at(-1)!) : nowhere;
  } while (at !== nowhere);
  return false;
}

/** Where the value of the member or item at `at` begins. */
function memberStart(text: string, at: number, closer: string): number {
  return closer === "}" ? behindSpace(text, endOf(memberName, text, at)) : at;
}

function behindSpace(text: string, at: number): number {
  return at === nowhere ? nowhere : endOf(space, text, at);
}

/** The end of the sticky pattern's match at `at`; {@link nowhere} if it doesn't match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : nowhere;
}
