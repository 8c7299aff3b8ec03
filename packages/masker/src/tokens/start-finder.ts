/** Finds where a token's type may start. */
export interface StartFinder {
  /** From `from` on, in order. */
  findStarts(text: string, from: number): Iterable<number>;
  /** How many characters of a token it needs to see, less one: where fewer are left, any place may be a start. */
  readonly longest: number;
}

/**
 * Looks for a type's first part, something like an underscore, and the letter that a second part begins with: rare in
 * text, and quickly found.
 */
export function createStartFinder(types: readonly string[]): StartFinder {
  // Classes instead of the flag `i`: twice as fast, and it is plain that only ASCII letters are folded.
  const either = (text: string) => text.replace(/[A-Z]/g, (letter) => `[${letter}${letter.toLowerCase()}]`);
  const starts = beginnings(types).map(
    ({ first, letters }) => `${either(first)}(?:[_\\- ]|\\\\_)[${letters}${letters.toLowerCase()}]`,
  );
  const finder = new RegExp(starts.length === 0 ? "(?!)" : starts.join("|"), "g");
  return {
    *findStarts(text, from) {
      finder.lastIndex = from;
      for (let match = finder.exec(text); match !== null; match = finder.exec(text)) {
        const { index } = match;
        yield index;
        // Starts may overlap where the letter of an escape stands before one.
        finder.lastIndex = index + 1;
      }
    },
    longest: Math.max(0, ...types.map((type) => type.indexOf("_") + escapedSeparator)),
  };
}

const escapedSeparator = 2;

/** The first parts of the types, each with the letters that follow its underscore. */
function beginnings(types: readonly string[]): { first: string; letters: string }[] {
  const lettersOf = new Map<string, Set<string>>();
  for (const type of types) {
    const [first, second] = type.split("_") as [string, string];
    lettersOf.set(first, (lettersOf.get(first) ?? new Set()).add(second.charAt(0)));
  }
  return [...lettersOf].map(([first, letters]) => ({ first, letters: [...letters].join("") }));
}
