/** White space and line ends above Latin 1, and letters whose other case is far away. */
const farCharacters = [
  0x130, 0x131, 0x17f, 0x1c4, 0x1c5, 0x1c6, 0x3c2, 0x3c3, 0x1680, 0x1e9e, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f,
  0x205f, 0x2126, 0x212a, 0x212b, 0x3000, 0xd7a3, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfeff, 0xffff, 0x1_0000, 0x1_f600,
  0x10_ffff,
];

/**
 * The sets of characters in one pattern, and which of them share a character.
 *
 * Sets are compared on samples: Latin 1, the first and last character of every range in the pattern with their neighbours and
 * cases, and a few more. Ranges that overlap always share a sample. For sets by property (`\p{L}`) every sixteenth character
 * is a sample, so a smaller overlap can be missed.
 */
export class CharacterSets {
  readonly #unicode: boolean;
  readonly #numbers = new Map<string, number>();
  readonly #patterns: RegExp[] = [];
  readonly #named = new Set<number>();
  #byProperty = false;
  #members: Uint8Array[] | undefined;
  readonly #overlaps = new Map<number, boolean>();

  /** @param unicode whether a character is a code point (flag `u` or `v`) and not a UTF-16 code unit */
  constructor(unicode: boolean) {
    this.#unicode = unicode;
  }

  /**
   * @param source one atom of a regular expression, such as `[a-z]`
   * @returns the set's number
   */
  add(source: string, allFlags: string): number {
    const flags = allFlags.replace(/[^isuv]/g, "");
    const key = `${flags}/${source}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#patterns.push(new RegExp(`^(?:${source})$`, flags)) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** Adds `character`, its neighbours and their cases to the samples. */
  sample(character: number): void {
    for (let near = Math.max(0, character - 1); near <= character + 1; near++) {
      if (near > (this.#unicode ? 0x10_ffff : 0xffff)) continue;
      const text = String.fromCodePoint(near);
      for (const variant of [text, text.toLowerCase(), text.toUpperCase()])
        this.#named.add(variant.codePointAt(0) ?? near);
    }
  }

  /** Adds samples from all of Unicode, because a set by property may have any of it. */
  sampleEverywhere(): void {
    this.#byProperty = true;
  }

  has(set: number, character: string): boolean {
    return this.#patterns[set]?.test(character) ?? false;
  }

  overlap(one: number, other: number): boolean {
    const key = Math.min(one, other) * this.#patterns.length + Math.max(one, other);
    let known = this.#overlaps.get(key);
    if (known === undefined) {
      this.#members ??= this.#sampleMembers();
      const [members, others] = [this.#members[one]!, this.#members[other]!];
      known = members.some((isMember, index) => isMember === 1 && others[index] === 1);
      this.#overlaps.set(key, known);
    }
    return known;
  }

  #sampleMembers(): Uint8Array[] {
    const samples = new Set<number>(Array.from({ length: 256 }, (_, character) => character));
    for (const character of farCharacters) this.sample(character);
    for (const character of this.#named) samples.add(character);
    if (this.#byProperty) {
      for (let character = 0; character < 0x1_0000; character += character < 0x800 ? 1 : 16) samples.add(character);
      for (let character = 0x1_0000; character < 0x11_0000; character += 256) samples.add(character);
    }
    const texts = Array.from(samples, (character) => String.fromCodePoint(character)).filter(
      (text) => this.#unicode || text.length === 1,
    );
    return this.#patterns.map((pattern) => Uint8Array.from(texts, (text) => (pattern.test(text) ? 1 : 0)));
  }
}
