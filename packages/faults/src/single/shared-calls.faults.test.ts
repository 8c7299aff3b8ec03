import { createMappingStore } from "@keyward/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { startLivedTime } from "../lived-time/start-lived-time.ts";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { startTcpStore } from "../staging/tcp-store.ts";

const patient = { timeoutMs: 20_000 };
const graceMs = 50;
const lasting = tcpFaults.filter(({ name }) => ["refused", "frozen", "out of memory", "replies lost"].includes(name));

describe("who waits behind another caller's call waits for that one's deadline and its own, on a Redis that is", () => {
  it.each(lasting)("$name", async (fault) => {
    const store = await startTcpStore();
    const backend = store.open(fault.timeoutMs);
    const lived = startLivedTime();
    onTestFinished(async () => {
      lived.stop();
      await backend.close();
      await store.stop();
    });
    const mappings = createMappingStore({ backend, scope: "shared" });
    await mappings.assign([{ type: "HOST", value: "before" }], patient);
    await fault.happen(store);
    const startedAt = lived.elapsedMs;
    const calls = Array.from({ length: 20 }, (_, index) =>
      mappings.assign([{ type: "HOST", value: `host-${index}` }]).then(
        () => "done",
        () => lived.elapsedMs - startedAt,
      ),
    );
    for (const ended of await Promise.all(calls)) {
      expect(ended).toBeLessThan(2 * fault.timeoutMs + graceMs);
    }
  });
});
