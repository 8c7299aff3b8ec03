import { setInterval } from "node:timers/promises";
import { createMappingStore } from "@keyward/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { startLivedTime } from "../lived-time/start-lived-time.ts";
import type { Fault, StagedStore } from "../staging/fault.ts";
import { restFaults } from "../staging/rest-faults.ts";
import { startRestStore } from "../staging/rest-store.ts";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { startTcpStore } from "../staging/tcp-store.ts";

const patient = { timeoutMs: 20_000 };
const graceMs = 50;
const lasting = [
  "refused",
  "frozen",
  "out of memory",
  "replies lost",
  "REST refused",
  "REST never answers",
  "REST 429",
];
const those = <Store extends StagedStore>(faults: readonly Fault<Store>[]) =>
  faults.filter(({ name }) => lasting.includes(name));

/** Twenty callers come together, and more while those wait. */
async function callThrough<Store extends StagedStore>(store: Store, fault: Fault<Store>): Promise<void> {
  const backend = store.open(fault.timeoutMs);
  const lived = startLivedTime();
  onTestFinished(async () => {
    lived.stop();
    await fault.mend(store);
    await backend.close();
    await store.stop();
  });
  const mappings = createMappingStore({ backend, scope: "shared" });
  await mappings.assign([{ type: "HOST", value: "before" }], patient);
  await fault.happen(store);
  // With ids, which else are worked out by other threads before anything waits, and those may not be given a processor.
  const ask = async (value: string) => {
    const startedAt = lived.elapsedMs;
    const ended = await mappings.assign([{ type: "HOST", value, ids: [value] }]).catch(() => "failed");
    return { ended, tookMs: lived.elapsedMs - startedAt };
  };
  const calls = Array.from({ length: 20 }, (_, index) => ask(`together-${index}`));
  for await (const _ of setInterval(fault.timeoutMs / 5)) {
    if (calls.push(ask(`one-by-one-${calls.length}`)) === 28) break;
  }
  for (const { ended, tookMs } of await Promise.all(calls)) {
    expect(ended).toBe("failed");
    expect(tookMs).toBeLessThan(fault.timeoutMs + graceMs);
  }
}

describe("who waits behind another caller's call waits for one deadline, on a store that is", () => {
  it.each(those(tcpFaults))("$name", async (fault) => callThrough(await startTcpStore(), fault));
  it.each(those(restFaults))("$name", async (fault) => callThrough(await startRestStore(), fault));
});
