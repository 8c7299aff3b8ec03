import { isNumbered, isSealed, type NumberedToken, type TokenReference } from "../tokens/token-reference.ts";
import { type NamedSeal, SealedSet } from "./sealed-set.ts";
import { TokenSet } from "./token-set.ts";

/** The tokens that one or more handles name. */
export class NamedTokens {
  readonly numbered: TokenSet;
  readonly sealed: SealedSet;

  constructor(numbered: TokenSet, sealed: SealedSet) {
    this.numbered = numbered;
    this.sealed = sealed;
  }

  static of(tokens: readonly (NumberedToken | NamedSeal)[]): NamedTokens {
    return new NamedTokens(TokenSet.of(tokens.filter(isNumbered)), SealedSet.of(tokens.filter(isSealed)));
  }

  static union(all: readonly NamedTokens[]): NamedTokens {
    return new NamedTokens(
      TokenSet.union(all.map(({ numbered }) => numbered)),
      SealedSet.union(all.map(({ sealed }) => sealed)),
    );
  }

  /** What another handle needs in order to name this token too. */
  entryOf(token: TokenReference): NumberedToken | NamedSeal {
    return isNumbered(token) ? token : { ...token, box: this.sealed.boxOf(token) };
  }

  has(token: TokenReference): boolean {
    return isNumbered(token) ? this.numbered.has(token.type, token.number) : this.sealed.has(token);
  }
}
