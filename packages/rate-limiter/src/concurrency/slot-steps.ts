import { type KeyValueBackend, type OperationOptions, runRepeatable, type Script } from "@keyward/core";
import { CallerKeys } from "../store/caller-keys.ts";
import { unreadableState } from "../store/unreadable-state.ts";
import { countSlots } from "./scripts/count-slots.ts";
import { type ReleaseSlotOutcome, releaseSlot } from "./scripts/release-slot.ts";
import type { SlotCounts, Unreadable } from "./scripts/slot-counts.ts";
import { type TakeSlotArguments, type TakeSlotReply, takeSlot } from "./scripts/take-slot.ts";

/** One attempt to run: for which key, with which id, under which limit. */
export interface Attempt {
  readonly key: string;
  readonly id: string;
  readonly limit: number;
}

/** The slots of all keys on the store. Every step is atomic, and does no harm if it is repeated. */
export class SlotSteps {
  readonly #backend: KeyValueBackend;
  readonly #keys: CallerKeys;

  /** @param name separates limiters that see the same keys */
  constructor(backend: KeyValueBackend, name: string) {
    this.#backend = backend;
    this.#keys = new CallerKeys("concurrency-limiter", name);
  }

  take(
    { key, id, limit }: Attempt,
    how: Omit<TakeSlotArguments, "id" | "limit">,
    options: OperationOptions,
  ): Promise<Exclude<TakeSlotReply, Unreadable>> {
    return this.#run(takeSlot, key, { id, limit, ...how }, options);
  }

  release({ key, id, limit }: Attempt, options: OperationOptions): Promise<ReleaseSlotOutcome> {
    return this.#run(releaseSlot, key, { id, limit }, options);
  }

  count(key: string, options: OperationOptions): Promise<SlotCounts> {
    return this.#run(countSlots, key, {}, options);
  }

  async #run<Arguments, Reply extends { readonly status: string }>(
    script: Script<Arguments, Reply>,
    key: string,
    input: Arguments,
    options: OperationOptions,
  ): Promise<Exclude<Reply, Unreadable>> {
    const reply = await runRepeatable(this.#backend, script, [await this.#keys.of(key)], input, options);
    if (reply.status === "unreadable") throw unreadableState(script.name, "give the limiter another name");
    return reply as Exclude<Reply, Unreadable>;
  }
}
