/**
 * Why a token wasn't restored:
 *
 * - `"not-issued"`: the handle doesn't name it, or its mapping is gone for good.
 * - `"unavailable"`: the store couldn't be reached.
 * - `"corrupt"`: the store's record, or the sealed token itself, can't be opened.
 * - `"refused"`: it may not be restored in this place.
 */
export type UnresolvedReason = "not-issued" | "unavailable" | "corrupt" | "refused";

export interface UnresolvedToken {
  /** As it is spelt in the text. */
  readonly token: string;
  readonly reason: UnresolvedReason;
  /** Where it first occurs, in UTF-16 code units of the text that was passed in. */
  readonly start: number;
}

/** Collects each unresolved token once per reason, so that a token which a model keeps repeating is reported once. */
export class UnresolvedTokens {
  readonly #list: UnresolvedToken[] = [];
  readonly #known = new Set<string>();

  /** In text order. Grows as more of the text is read. */
  get list(): readonly UnresolvedToken[] {
    return this.#list;
  }

  add(unresolved: UnresolvedToken): void {
    const key = `${unresolved.reason} ${unresolved.token}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#list.push(unresolved);
  }
}
