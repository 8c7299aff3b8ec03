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
  /** The epoch at the oldest of the answers. Mappings that you have noted under another epoch may be forgotten by now. */
  readonly epoch: number;
  /**
   * When the scope began to count, in milliseconds by the store's clock. It identifies the scope, and stays the same through
   * erasures, failovers and the loss of a part. If the store loses the whole scope, it numbers from 1 again under another
   * birth. So the same number means the same original only under the same birth. It is 0 if the scope was lost in the middle
   * of a large call: then nothing of the call can be resolved, so assign again.
   */
  readonly born: number;
  /** For how long all these mappings are sure to live, in milliseconds from when the call was sent; null for ever. */
  readonly remainingMs: number | null;
  /** In the order of the entries. `isNew` may be false for a number that this call gave out, if its first reply was lost. */
  readonly assigned: readonly { readonly number: number; readonly isNew: boolean }[];
}

export interface ReplaceResult {
  readonly epoch: number;
  /** For how long the replaced mappings are sure to live, in milliseconds from when the call was sent; null for ever. */
  readonly remainingMs: number | null;
  /** In the order of the entries; null for an entry without a mapping. */
  readonly numbers: readonly (number | null)[];
}

export interface ResolveResult {
  readonly epoch: number;
  /** As in {@link AssignResult}: these values say nothing about numbers of another birth. 0 also if the scope doesn't exist. */
  readonly born: number;
  /** For how long what was found is sure to live, in milliseconds from when the call was sent; null for ever. */
  readonly remainingMs: number | null;
  /** In the order of the references; null for a reference without a mapping, or with a corrupt one. */
  readonly values: readonly (string | null)[];
  /** The places of references whose record in the store can't be read. */
  readonly corrupt: readonly number[];
}

/**
 * Gives originals numbers that are unique for ever, and finds what a number stands for.
 *
 * Each type is numbered from 1, in one atomic step on the store. No number of a type is ever given out twice in a scope: not
 * after `forget`, expiry, a restart or a failover. After a restart or failover some numbers are left out: a thousand, or
 * twice as many as were given out within two seconds. While a mapping lives, its original keeps its number on every
 * instance, and both directions agree.
 *
 * **Calls.** A large call is sent in batches, one after the other. It returns nothing until all have succeeded; if it fails
 * halfway, you may safely repeat it. Calls that are made while another is under way share the next script call, so keep one
 * store for each scope instead of creating one for each call. A call without `timeoutMs` that waits for its turn fails after
 * the backend's own deadline, counted from the latest answer. Failures of the backend are passed on, after a repeat or two
 * where that helps.
 *
 * **Indexes.** An original is found by its id under any of the index names in the options. For every name the scope
 * remembers whether it is complete, which means that it finds every live mapping. The names of the very first call are
 * complete. A call that brings no complete name is refused. To change the key that makes the ids:
 *
 * 1. Let every instance bring the old name and the new one. From then on new mappings are found under both.
 * 2. Walk all numbers up to `highest()` with `resolve`, and `replace` what they stand for under both names.
 * 3. Call `completeIndex` with the new name.
 * 4. Let the instances drop the old name.
 *
 * Every member fails with a `NumberingError` if the store holds something that the numbering can't have written, or if a
 * type has run out of numbers, and with a `ConfigurationError` if an argument is wrong. Then nothing has been written.
 */
export interface MappingStore {
  /**
   * The channel on which each `forget` announces the new epoch, in decimal. Take it as a hint to ask the store sooner: a
   * message may be lost, late or repeated, and anyone who can publish there can send anything. Only the epoch in the result
   * of a call is certain.
   */
  readonly channel: string;
  /**
   * Returns the number of each original: the one that it has, or a new one. Keeps known mappings alive for another ttl.
   *
   * @throws {ConfigurationError} that names `indexes`, if none of the store's index names is complete.
   */
  assign(entries: readonly MappingEntry[], options?: OperationOptions): Promise<AssignResult>;
  /**
   * Replaces the stored values and ids of originals by those that the entries bring, for instance to seal everything with a
   * new key. The originals keep their numbers and live for another ttl. An entry without a mapping gets none, so an original
   * that was forgotten after you read its value stays forgotten. If no entry has a mapping, nothing is written.
   *
   * @throws {ConfigurationError} under the same conditions as `assign`.
   */
  replace(entries: readonly MappingEntry[], options?: OperationOptions): Promise<ReplaceResult>;
  /** Returns what numbers stand for. Keeps what it finds alive for another ttl. */
  resolve(references: readonly MappingReference[], options?: OperationOptions): Promise<ResolveResult>;
  /**
   * Removes mappings, both directions at once, and raises the epoch. Their numbers stay used. `"all"` empties the scope in
   * one step, however large it is.
   */
  forget(what: MappingsToForget, options?: OperationOptions): Promise<ForgetResult>;
  /** Returns the highest number of each type that was ever given out. */
  highest(options?: OperationOptions): Promise<ReadonlyMap<string, number>>;
  /**
   * Notes that an index name finds every live mapping, since you have brought all mappings up to these numbers under it.
   * Take the numbers from `highest()` before you walk. Returns false and notes nothing if a call without the name has
   * numbered beyond them: then walk on, and call this again.
   */
  completeIndex(name: string, upTo: ReadonlyMap<string, number>, options?: OperationOptions): Promise<boolean>;
}

/**
 * Opens the mappings of one scope. The store isn't touched until the first call.
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

  /** Runs a step that its caller relies on having been written: if replicas are asked for, it waits for them. */
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

  // An answer may rely on what another call has written and is still waiting for; see RunOptions.replicas.
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
      // Ask for the shared calls only now: the ids may have taken until another turn of the event loop.
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
