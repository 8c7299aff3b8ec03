import { BackendError, ConfigurationError, type MappingStore, type OperationOptions } from "@keyward/core";
import type { Original, ScopeCipher } from "../encryption/cipher.ts";
import type { NumberedToken } from "../tokens/token-reference.ts";
import type { LocalCache } from "./local-cache.ts";

/** What is known of a token's original. */
export type Lookup =
  | { readonly status: "found"; readonly value: string }
  /** There is no mapping: never there, erased or expired. */
  | { readonly status: "not-issued" }
  /** The store's record isn't one, or doesn't open. */
  | { readonly status: "corrupt" }
  /** The record is sealed under a key that this process doesn't have. */
  | { readonly status: "unknown-key" }
  /** The store couldn't be asked. */
  | { readonly status: "unavailable" };

/** Whether a token is meant while the scope is the one that was born at `born`. */
export type IsMeant = (token: NumberedToken, born: number) => boolean;

/** The mappings of one scope: local where they are known, else through the cipher and the store. */
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
   * The number of each original, made where there was none. One atomic step on the store for all that aren't known here,
   * none when all are. Where the store fails, the numbers that are known and the failure.
   */
  async numbersOf(originals: readonly Original[], options: OperationOptions): Promise<NumbersOf> {
    const now = this.#now();
    const { born: knownBorn } = this.cache;
    const numbers = originals.map((original) => this.cache.numberOf(original, now));
    const missing = originals.filter((_, index) => numbers[index] === undefined);
    const bornOfKnown = missing.length < originals.length ? knownBorn : 0;
    if (missing.length === 0) return { numbers, born: bornOfKnown, lookups: 0, failure: undefined };

    const sealed = this.cipher.seal(missing);
    const entries = sealed instanceof Promise ? await sealed : sealed;
    const sentAt = this.#now();
    const answer = await this.store.assign(entries, options).catch(explainKeys).catch(passFailure(options));
    if (BackendError.is(answer)) return { numbers, born: bornOfKnown, lookups: missing.length, failure: answer };
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
    // What was erased elsewhere has another number by now; and the numbers of one text must be of one life of the scope.
    if (born === 0 || (isChanged && missing.length < originals.length)) return this.numbersOf(originals, options);
    return { numbers: all, born, lookups: missing.length, failure: undefined };
  }

  /**
   * What is known of each token; one read of the store for all that aren't known here. Where the store fails, these are
   * unavailable, and the failure. What isn't meant in the life that the scope turns out to be in isn't issued.
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
    // A key that opens nothing at all is missing; among records that open, one of an unknown key is a spoilt one.
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

  /** The original if it is known here, as of a life in which the token is meant. */
  knownValueOf(reference: NumberedToken, isMeant: IsMeant, now: number): string | undefined {
    return isMeant(reference, this.cache.born) ? this.cache.valueOf(reference, now) : undefined;
  }
}

export interface NumbersOf {
  /** Undefined, only after a failure, for what isn't known here. */
  readonly numbers: readonly (number | undefined)[];
  /** Which life of the scope the numbers are of; 0 if there is none. */
  readonly born: number;
  /** How many the store was asked for. */
  readonly lookups: number;
  /** Why the store couldn't be asked. */
  readonly failure: BackendError | undefined;
}

export interface OriginalsOf {
  readonly lookups: readonly Lookup[];
  readonly asked: number;
  /** Why the store couldn't be asked. */
  readonly failure: BackendError | undefined;
}

/** The store's failure as a value. An abort is none, and what it makes fail isn't either: nobody waits for an answer. */
function passFailure({ signal }: OperationOptions): (error: unknown) => BackendError {
  return (error) => {
    if (BackendError.is(error) && signal?.aborted !== true) return error;
    throw error;
  };
}

/** The store tells keys apart by the names of their indexes; a user knows them as keys. */
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
