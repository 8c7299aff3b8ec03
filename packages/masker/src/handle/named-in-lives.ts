import { isNumbered, type TokenReference } from "../tokens/token-reference.ts";
import type { HandleContents } from "./handle.ts";
import { NamedTokens } from "./named-tokens.ts";
import { TokenSet } from "./token-set.ts";

/**
 * The tokens that several handles name, which may come from different lives of one scope. A new life begins when the store
 * has lost everything: it numbers from 1 again, so the same token stands for another original.
 */
export class NamedInLives {
  /** The tokens of all lives. */
  readonly tokens: NamedTokens;
  /** The numbered tokens of each life, by its birth. */
  readonly #numbered: ReadonlyMap<number, TokenSet>;

  constructor(handles: readonly Pick<HandleContents, "born" | "tokens">[]) {
    this.tokens = NamedTokens.union(handles.map(({ tokens }) => tokens));
    const sets = new Map<number, TokenSet[]>();
    for (const { born, tokens } of handles) {
      const own = sets.get(born);
      if (own === undefined) sets.set(born, [tokens.numbered]);
      else own.push(tokens.numbered);
    }
    this.#numbered = new Map([...sets].map(([born, own]) => [born, TokenSet.union(own)]));
  }

  /** The birth of the latest life, by the store's clock. */
  get lastBorn(): number {
    return Math.max(0, ...this.#numbered.keys());
  }

  /**
   * Whether the handles name this token in the life that began at `born`. A numbered token that handles of two lives name
   * doesn't count, because there is no telling which of its originals a text means.
   */
  has(token: TokenReference, born: number): boolean {
    if (!isNumbered(token)) return this.tokens.has(token);
    const { type, number } = token;
    if (born === 0 || this.#numbered.get(born)?.has(type, number) !== true) return false;
    for (const [other, numbered] of this.#numbered) if (other !== born && numbered.has(type, number)) return false;
    return true;
  }
}
