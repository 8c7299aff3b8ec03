import { BackendError, ConfigurationError, type MappingStore, type OperationOptions } from "@keyward/core";
import type { ScopeCipher } from "../encryption/cipher.ts";
import type { Original } from "../encryption/original.ts";
import type { NumberedToken } from "../tokens/token-reference.ts";
import type { LocalCache } from "./local-cache.ts";

/** What came of looking up a token's original. */
export type Lookup =
  | { readonly status: "found"; readonly value: string }
  /** There is no mapping. It never existed, was erased or has expired. */
  | { readonly status: "not-issued" }
  /** The store's record is damaged or doesn't open. */
  | { readonly status: "corrupt" }
  /** The record is sealed under a key that isn't in the list. */
  | { readonly status: "unknown-key" }
  /** The store couldn't be reached. */
  | { readonly status: "unavailable" };

/** Whether a token may be restored in the life of the scope that began at `born`. */
export type IsMeant = (token: NumberedToken, born: number) => boolean;

/** The mappings of one scope. Known ones come from the local cache, others from the store by way of the cipher. */
export class ScopeVault {
  readonly cipher: ScopeCipher;
  readonly cache: LocalCache;
  readonly store: MappingStore;
  readonly #now: () => number;

  constructor(cipher: ScopeCipher, cache: LocalCache, store: MappingStore, now: () => number) {
    this.cipher = cipher;
    this.cache = cache;
    this.store = store;
    this.#now = now;
  }

  /**
   * Returns the number of each original; a new original gets a new number. All originals that aren't known here take one
   * atomic step on the store. If the store fails, the result has the numbers that are known here, and the failure.
   */
  async numbersOf(originals: readonly Original[], options: OperationOptions): Promise<NumbersOf> {
    const now = this.#now();
    const { born: knownBorn } = this.cache;
    const numbers = originals.map((original) => this.cache.numberOf(original, now));
    const missing = originals.filter((_, index) => numbers[index] === undefined);
    const bornOfKnown = missing.length < originals.length ? knownBorn : 0;
    if (missing.length === 0) return { numbers, born: bornOfKnown, asked: 0, failure: undefined };

    const sealed = this.cipher.seal(missing);
    const entries = sealed instanceof Promise ? await sealed : sealed;
    const sentAt = this.#now();
    const answer = await this.store.assign(entries, options).catch(explainKeys).catch(passFailure(options));
    if (BackendError.is(answer)) return { numbers, born: bornOfKnown, asked: missing.length, failure: answer };
    const { assigned, remainingMs, epoch, born } = answer;
    const facts = { sentAt, remainingMs, epoch, born };
    const isChanged = this.cache.noteReply(facts) || born !== knownBorn;
    let next = 0;
    const all = numbers.map((number) => {
      if (number !== undefined) return number;
      const assignedNumber = assigned[next]!.number;
      this.cache.add(missing[next]!, assignedNumber, facts);
      next++;
      return assignedNumber;
    });
    // Something was erased, or the scope began a new life. The numbers from the cache may be out of date: start over.
    if (born === 0 || (isChanged && missing.length < originals.length)) return this.numbersOf(originals, options);
    return { numbers: all, born, asked: missing.length, failure: undefined };
  }

  /**
   * Looks up the original of each token, with one read of the store for all that aren't known here. If the store fails,
   * these are `unavailable`, and the result has the failure. A token that isn't meant in the scope's current life is
   * `not-issued`.
   */
  async originalsOf(
    references: readonly NumberedToken[],
    isMeant: IsMeant,
    options: OperationOptions,
  ): Promise<OriginalsOf> {
    const now = this.#now();
    const { born: knownBorn } = this.cache;
    const lookups: (Lookup | undefined)[] = references.map((reference) => {
      const value = this.knownValueOf(reference, isMeant, now);
      return value === undefined ? undefined : { status: "found", value };
    });
    const missing = references.filter((_, index) => lookups[index] === undefined);
    if (missing.length === 0) return { lookups: lookups as Lookup[], asked: 0, failure: undefined };

    const sentAt = this.#now();
    const answer = await this.store.resolve(missing, options).catch(passFailure(options));
    if (BackendError.is(answer)) {
      const unavailable: Lookup = { status: "unavailable" };
      return { lookups: lookups.map((lookup) => lookup ?? unavailable), asked: missing.length, failure: answer };
    }
    const { values, corrupt, remainingMs, epoch, born } = answer;
    const facts = { sentAt, remainingMs, epoch, born };
    const isChanged = this.cache.noteReply(facts) || born !== knownBorn;
    if (isChanged && missing.length < references.length) return this.originalsOf(references, isMeant, options);
    const present = missing.flatMap(({ type }, index) => {
      const text = values[index];
      return typeof text === "string" && isMeant(missing[index]!, born) ? [{ type, text, index }] : [];
    });
    const opened = await this.cipher.open(present);
    const answers: Lookup[] = missing.map(() => ({ status: "not-issued" }));
    for (const index of corrupt) if (isMeant(missing[index]!, born)) answers[index] = { status: "corrupt" };
    // If no record opens, the key is missing. If others open, the record with the unknown key is damaged.
    const isKeyMissing = opened.length > 0 && opened.every(({ status }) => status === "unknown-key");
    present.forEach(({ type, index }, position) => {
      const result = opened[position]!;
      if (result.status !== "opened") {
        answers[index] = { status: isKeyMissing ? "unknown-key" : "corrupt" };
        return;
      }
      answers[index] = { status: "found", value: result.value };
      this.cache.add({ type, value: result.value }, missing[index]!.number, facts);
    });
    let next = 0;
    return { lookups: lookups.map((lookup) => lookup ?? answers[next++]!), asked: missing.length, failure: undefined };
  }

  /** The original if it is known here and the token is meant in the life that the cache belongs to. */
  knownValueOf(reference: NumberedToken, isMeant: IsMeant, now: number): string | undefined {
    return isMeant(reference, this.cache.born) ? this.cache.valueOf(reference, now) : undefined;
  }
}

export interface NumbersOf {
  /** After a failure, undefined for originals that aren't known here. */
  readonly numbers: readonly (number | undefined)[];
  /** The life of the scope that the numbers belong to; 0 if there are none. */
  readonly born: number;
  /** How many originals the store was asked about. */
  readonly asked: number;
  /** Why the store couldn't be reached. */
  readonly failure: BackendError | undefined;
}

export interface OriginalsOf {
  readonly lookups: readonly Lookup[];
  readonly asked: number;
  /** Why the store couldn't be reached. */
  readonly failure: BackendError | undefined;
}

/** Returns the store's failure as a value. Once the caller has aborted, it throws, because nobody waits for an answer. */
function passFailure({ signal }: OperationOptions): (error: unknown) => BackendError {
  return (error) => {
    if (BackendError.is(error) && signal?.aborted !== true) return error;
    throw error;
  };
}

/** The store speaks of indexes where users know keys. */
function explainKeys(error: unknown): never {
  if (ConfigurationError.is(error) && error.field === "indexes") {
    throw new ConfigurationError(
      "encryption",
      "this scope was written under other keys: the key is wrong or missing, or a new one stands alone before reindex is done",
      { cause: error },
    );
  }
  throw error;
}
