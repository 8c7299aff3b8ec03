import { checkTimeout } from "../arguments/argument-checks.ts";
import type { OperationOptions } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { createKeyspace } from "../keyspace/keyspace.ts";
import { sharedByCallers } from "../runtime/shared-by-callers.ts";
import { runRepeatable } from "../script/run-repeatable.ts";
import type { Script } from "../script/script.ts";
import { type SendOptions, SharedCalls } from "./calls/shared-calls.ts";
import {
  checkNumber,
  checkReferences,
  checkType,
  type IndexedEntry,
  indexEntries,
  type MappingEntry,
  type MappingReference,
  namePattern,
} from "./entries/mapping-entry.ts";
import { type ForgetResult, forgetMappings, type MappingsToForget } from "./forget-mappings.ts";
import { type MappingStoreOptions, resolveMappingOptions } from "./mapping-options.ts";
import { refusalError } from "./refusal-error.ts";
import { assign } from "./scripts/assign.ts";
import { completeIndex } from "./scripts/complete-index.ts";
import { forget } from "./scripts/forget.ts";
import { readHighest } from "./scripts/read-highest.ts";
import type { Refusal } from "./scripts/reply-fields.ts";
import { type Resolution, resolve } from "./scripts/resolve.ts";

export interface AssignResult {
  /** As of the oldest of the answers. One that was noted with another epoch may have been forgotten since. */
  readonly epoch: number;
  /**
   * When the scope began to count, by the store's clock in milliseconds: its identity. It stays through erasures, failovers
   * and the loss of a part. A scope that was lost whole numbers from 1 again, under another birth; so two numbers mean the
   * same original only where both came with the same birth. 0 where a large call met both lives: nothing of it can be
   * resolved, assign again.
   */
  readonly born: number;
  /** How long all these mappings surely live on, in milliseconds from the sending of the call; null for ever. */
  readonly remainingMs: number | null;
  /** In the order of the entries. `isNew` may be false for a number made by this call, if its first reply was lost. */
  readonly assigned: readonly { readonly number: number; readonly isNew: boolean }[];
}

export interface ReplaceResult {
  readonly epoch: number;
  /** How long what was replaced surely lives on, in milliseconds from the sending of the call; null for ever. */
  readonly remainingMs: number | null;
  /** In the order of the entries; null for one that has no mapping, or none any more. */
  readonly numbers: readonly (number | null)[];
}

export interface ResolveResult {
  readonly epoch: number;
  /** As that of an assignment: what numbers of another birth stand for can't be told. 0 also where there is no scope. */
  readonly born: number;
  /** How long what was found surely lives on, in milliseconds from the sending of the call; null for ever. */
  readonly remainingMs: number | null;
  /** In the order of the references; null for one that has no mapping, or none any more, or a corrupt one. */
  readonly values: readonly (string | null)[];
  /** The places of references whose record in the store can't be read. */
  readonly corrupt: readonly number[];
}

/**
 * Gives originals numbers that are unique for ever, and leads from the number back to what it stands for.
 *
 * A number is taken in one atomic step on the store, per type, in order from 1. Whatever happens, no number of a type is
 * given out twice in a scope: not after `forget`, expiry, a restart or a failover (after the last two, numbers are left
 * out: a thousand, or twice what two seconds gave out). While a mapping lives, its original keeps its number on every
 * instance, and both directions agree.
 *
 * **Calls.** Large ones go in batches, one after the other; nothing is returned until all have succeeded, and what fails
 * half way may be asked for again. Calls made while one is in flight share the next script call. So keep one store per
 * scope rather than making one per call. One without a `timeoutMs` that waits for its turn fails by the backend's own
 * deadline, counted from the latest answer. Failures of the backend are passed on, after a repeat or two where that helps.
 *
 * **Indexes.** An original is found by its id under any index name of the store's options. The scope remembers for every
 * name whether it is complete, that is, finds every live mapping; the first call decides that its names are. To change
 * the key that makes the ids: let every instance bring the old and the new name (new mappings are found under both);
 * walk all numbers up to `highest()` with `resolve`, and `replace` what they stand for under both names; `completeIndex`
 * the new name; let the instances drop the old one. A call that brings no complete name is refused.
 *
 * Every member fails with a `NumberingError` where the store holds what the numbering can't have written, or a type has
 * run out of numbers, and with a `ConfigurationError` on a bad argument; nothing is written then.
 */
export interface MappingStore {
  /**
   * The channel on which each `forget` tells the new epoch, in decimal. Only a hint to ask the store sooner: a message may
   * be lost, late or repeated, and whoever can publish there can say anything. The truth is the epoch of a call's result.
   */
  readonly channel: string;
  /**
   * The number of each original: the one that it has, or a new one. Keeps known mappings alive for another ttl.
   *
   * @throws {ConfigurationError} naming `indexes` if none of the store's index names is complete.
   */
  assign(entries: readonly MappingEntry[], options?: OperationOptions): Promise<AssignResult>;
  /**
   * Stores the values and ids that the entries bring in place of those stored for the same originals, which keep their
   * numbers and live for another ttl: for sealing everything anew. Never makes a mapping, so what is forgotten between
   * the reading of a value and this call stays forgotten. Writes nothing if no entry has a mapping.
   *
   * @throws {ConfigurationError} as `assign` does.
   */
  replace(entries: readonly MappingEntry[], options?: OperationOptions): Promise<ReplaceResult>;
  /** What numbers stand for. Keeps what it finds alive for another ttl. */
  resolve(references: readonly MappingReference[], options?: OperationOptions): Promise<ResolveResult>;
  /**
   * Removes mappings, both directions at once, and raises the epoch; their numbers stay used. `"all"` empties the scope,
   * however large, in one step.
   */
  forget(what: MappingsToForget, options?: OperationOptions): Promise<ForgetResult>;
  /** The highest number of each type that was ever given out. */
  highest(options?: OperationOptions): Promise<ReadonlyMap<string, number>>;
  /**
   * Notes that an index name finds every live mapping, as all up to these numbers (those of `highest()`, before the
   * walk) have been brought under it. False, and nothing noted, if a call without the name has numbered beyond them:
   * walk on and ask again.
   */
  completeIndex(name: string, upTo: ReadonlyMap<string, number>, options?: OperationOptions): Promise<boolean>;
}

/**
 * Opens the mappings of one scope. Costs nothing until the first call.
 *
 * @example
 * ```ts
 * const store = createMappingStore({ backend: createMemoryBackend(), scope: "tenant-1" });
 * const { assigned } = await store.assign([{ type: "HOST", value: "db-1.internal" }]);
 * const { values } = await store.resolve([{ type: "HOST", number: assigned[0].number }]); // ["db-1.internal"]
 * ```
 * @throws {ConfigurationError} if an option can't be used.
 */
export function createMappingStore(options: MappingStoreOptions): MappingStore {
  const { backend, namespace, scope, ttlMs, indexes, replicas } = resolveMappingOptions(options);
  const keyspace = createKeyspace({ feature: namespace });
  const channel = keyspace.channel(scope);
  const keys = ["n", "a", "b"].map((part) => keyspace.key(scope, part));

  /** A step whose writes an answer relies on: they are waited for where replicas are to have them. */
  const runSafely: typeof run = (script, input, runOptions) => run(script, input, runOptions, replicas);

  async function run<Input, Reply extends { status: "ok" }>(
    script: Script<Input, Refusal | Reply>,
    input: Input,
    runOptions: SendOptions = {},
    acknowledgedBy = 0,
  ): Promise<Reply> {
    const { timeoutMs, waitedMs, signal } = runOptions;
    const reply = await runRepeatable(backend, script, keys, input, {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(waitedMs === undefined ? {} : { waitedMs }),
      ...(signal === undefined ? {} : { signal }),
      ...(acknowledgedBy === 0 ? {} : { replicas: acknowledgedBy }),
    });
    if (reply.status === "ok") return reply as Reply;
    throw refusalError(reply as Refusal);
  }

  const deadlineMs = (bytes: number) => backend.deadlineMs?.(bytes);

  // An answer may rely on what another call has written and still waits for; see RunOptions.replicas.
  const writes = replicas === 0 ? "as-needed" : "always";
  const makeAssign = (existing: "keep" | "replace") =>
    new SharedCalls<IndexedEntry, { number: number; isNew: boolean }>({
      operation: `run:${assign.name}`,
      keyOf: ({ ids }) => (ids.length === 1 ? (ids[0] as string) : ids.join(",")),
      bytesOf: ({ bytes }) => bytes,
      deadlineMs,
      send: async (entries, sendOptions) => {
        const reply = await runSafely(assign, { ttlMs, indexes, existing, writes, entries }, sendOptions);
        return { ...reply, answers: reply.assigned };
      },
      again: ({ number }) => ({ number, isNew: false }),
    });
  const assigning = sharedByCallers(() => makeAssign("keep"));
  const replacing = sharedByCallers(() => makeAssign("replace"));

  const resolving = sharedByCallers(
    () =>
      new SharedCalls<MappingReference, Resolution>({
        operation: `run:${resolve.name}`,
        keyOf: ({ number }) => number,
        bytesOf: ({ type }) => type.length + 16,
        deadlineMs,
        send: async (references, sendOptions) => {
          const reply = await run(resolve, { ttlMs, references }, sendOptions);
          return { ...reply, answers: reply.resolutions };
        },
        again: (resolution) => resolution,
      }),
  );

  return {
    channel,
    async assign(entries, callOptions = {}) {
      checkTimeout("timeoutMs", callOptions.timeoutMs);
      // Whom to share with is chosen afterwards: it may be another turn.
      const indexed = await indexEntries(entries, indexes);
      const { epoch, born, remainingMs, answers } = await assigning().ask(indexed, callOptions);
      return { epoch, born, remainingMs, assigned: answers };
    },
    async replace(entries, callOptions = {}) {
      checkTimeout("timeoutMs", callOptions.timeoutMs);
      const indexed = await indexEntries(entries, indexes);
      const { epoch, remainingMs, answers } = await replacing().ask(indexed, callOptions);
      return { epoch, remainingMs, numbers: answers.map(({ number }) => (number === 0 ? null : number)) };
    },
    async resolve(references, callOptions = {}) {
      checkTimeout("timeoutMs", callOptions.timeoutMs);
      checkReferences(references);
      const { epoch, born, remainingMs, answers } = await resolving().ask(references, callOptions);
      const values = answers.map((answer) => (typeof answer === "string" ? null : answer.value));
      const corrupt = [...answers.keys()].filter((place) => answers[place] === "corrupt");
      return { epoch, born, remainingMs, values, corrupt };
    },
    async forget(what, callOptions) {
      checkTimeout("timeoutMs", callOptions?.timeoutMs);
      const result = await forgetMappings(what, indexes, (input) =>
        runSafely(forget, { ttlMs, indexes, what: input }, callOptions),
      );
      if (result.epoch > 0) backend.publish(channel, String(result.epoch)).catch(() => undefined);
      return result;
    },
    async highest(callOptions) {
      return (await run(readHighest, { ttlMs }, callOptions)).highest;
    },
    async completeIndex(name, upTo, callOptions) {
      if (typeof name !== "string" || !namePattern.test(name)) {
        throw new ConfigurationError("name", "must be 1 to 64 letters, digits, _ and -");
      }
      for (const [type, number] of upTo) {
        checkType("upTo", type);
        checkNumber("upTo", number);
      }
      return (await runSafely(completeIndex, { ttlMs, name, upTo }, callOptions)).complete;
    },
  };
}
