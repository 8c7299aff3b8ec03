import { once } from "node:events";
import { until } from "@keyward/test-kit";
import { expect } from "vitest";
import { forkInstance } from "../load/fork-instance.ts";
import type { StoreAddress } from "../load/instance-task.ts";
import { type AdmissionRecord, createAdmissionRecord, type PromisedLimit } from "./admission-record.ts";
import type { HammerMessage, HammerTask } from "./hammer-task.ts";

/** Processes of an app that hammer one key. Half of them ask the store at every check. */
export interface HammeringFleet {
  readonly record: AdmissionRecord;
  /** Resolves when each process that always asks has had a few more decisions. */
  untilMore(): Promise<void>;
  /** Resolves when the processes that always ask are all answered by the store, or all decide without it. */
  untilAsking(whom: "the store" | "nobody"): Promise<void>;
  /** Resolves when the store has admitted as many in a window as it may. */
  untilLimited(): Promise<void>;
  /** Lets something happen to the store while they work, and compares what they have let through with what is promised. */
  meet(fault: MetFault): Promise<void>;
  /** @throws if one of them has ended before it was told to. */
  stop(): Promise<void>;
}

export interface MetFault {
  happen(): Promise<void> | void;
  /** Ends it, after which the store answers again. */
  mend(): Promise<void> | void;
  /** Whether the processes have to decide without the store meanwhile. */
  readonly takesStore: boolean;
}

const few = 2;
const patient = { timeoutMs: 60_000 };

export async function startHammering(store: StoreAddress, promised: PromisedLimit): Promise<HammeringFleet> {
  const record = createAdmissionRecord(promised);
  const { limit, windowMs, instances } = promised;
  const fleet = Array.from({ length: instances }, (_, index) => {
    const isStubborn = index % 2 === 0;
    const task: HammerTask = { store, key: "hammered", limit, windowMs, expectedInstances: instances, isStubborn };
    const child = forkInstance(new URL("hammer.ts", import.meta.url), task);
    const instance = { child, isStubborn, decided: 0, isWithoutStore: false, ended: once(child, "exit") };
    child.on("message", ({ admissions, decided, isWithoutStore }: HammerMessage) => {
      record.add(index, admissions);
      instance.decided += decided;
      instance.isWithoutStore = isWithoutStore;
    });
    return instance;
  });
  const stubborn = fleet.filter(({ isStubborn }) => isStubborn);
  await until("each has had a decision", () => fleet.every(({ decided }) => decided > 0), patient);

  async function untilMore(): Promise<void> {
    const enough = stubborn.map(({ decided }) => decided + few);
    const haveMore = () => stubborn.every(({ decided }, index) => decided >= (enough[index] as number));
    await until("they have had more decisions", haveMore, patient);
  }
  async function untilAsking(whom: "the store" | "nobody"): Promise<void> {
    const due = whom === "nobody";
    await until(`they ask ${whom}`, () => stubborn.every(({ isWithoutStore }) => isWithoutStore === due), patient);
  }

  return {
    record,
    untilMore,
    untilAsking,
    untilLimited: () => until("they press against the limit", () => record.most.onStore >= limit, patient),
    async meet({ happen, mend, takesStore }) {
      await untilMore();
      await happen();
      if (takesStore) await untilAsking("nobody");
      await untilMore();
      await mend();
      await untilAsking("the store");
      await untilMore();
      expect(record.violations).toEqual([]);
    },
    async stop() {
      for (const { child } of fleet) if (child.connected) child.send("stop");
      const codes = await Promise.all(fleet.map(async ({ ended }) => (await ended)[0]));
      if (codes.some((code) => code !== 0)) throw new Error(`instances have ended with ${codes.join(", ")}`);
    },
  };
}
