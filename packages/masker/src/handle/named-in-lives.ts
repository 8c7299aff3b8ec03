import { isNumbered, type TokenReference } from "../tokens/token-reference.ts";
import type { HandleContents } from "./handle.ts";
import { NamedTokens } from "./named-tokens.ts";
import { TokenSet } from "./token-set.ts";

/**
 * What several handles name. They may be of different lives of one scope: a store that lost everything numbers from 1
 * again, and the same token then stands for another original.
 */
export class NamedInLives {
  /** Of whichever life. */
  readonly tokens: NamedTokens;
  /** By birth. */
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

  /** The birth of the life that began last by the store's clock. */
  get lastBorn(): number {
    return Math.max(0, ...this.#numbered.keys());
  }

  /**
   * Whether the token is named while the scope is the one that was born at `born`. A numbered one that handles of two
   * lives name is not: which of its originals a text means can't be told.
   */
  has(token: TokenReference, born: number): boolean {
    if (!isNumbered(token)) return this.tokens.has(token);
    const { type, number } = token;
    if (born === 0 || this.#numbered.get(born)?.has(type, number) !== true) return false;
    for (const [other, numbered] of this.#numbered) if (other !== born && numbered.has(type, number)) return false;
    return true;
  }
}
