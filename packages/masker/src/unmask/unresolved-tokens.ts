/**
 * Why a token stays as it is:
 *
 * - `"not-issued"`: the handle doesn't name it, or its mapping is gone for good.
 * - `"unavailable"`: the store couldn't be asked.
 * - `"corrupt"`: what the store holds, or a sealed token itself, can't be opened.
 * - `"refused"`: it may not be restored where it stands.
 */
export type UnresolvedReason = "not-issued" | "unavailable" | "corrupt" | "refused";

export interface UnresolvedToken {
  /** As it is written in the text. */
  readonly token: string;
  readonly reason: UnresolvedReason;
  /** Where it stands first, in UTF-16 code units of the text that was to be restored. */
  readonly start: number;
}

/** Collects each unresolved token once per reason, so that one that a model keeps repeating is reported once. */
export class UnresolvedTokens {
  readonly #list: UnresolvedToken[] = [];
  readonly #known = new Set<string>();

  /** In the order of the text; grows with it. */
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
