import { describe, expect, it, onTestFinished } from "vitest";
import { startLivedTime } from "../lived-time/start-lived-time.ts";
import type { Fault, StagedStore } from "../staging/fault.ts";
import { restFaults } from "../staging/rest-faults.ts";
import { startRestStore } from "../staging/rest-store.ts";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { startTcpStore } from "../staging/tcp-store.ts";

const graceMs = 50;
/** What `subscribe` fails with. */
const codes: Readonly<Record<string, string>> = {
  refused: "BACKEND_UNAVAILABLE",
  frozen: "BACKEND_TIMEOUT",
  "replies lost": "BACKEND_TIMEOUT",
  "REST refused": "BACKEND_UNAVAILABLE",
  "REST with Redis frozen behind it": "BACKEND_TIMEOUT",
  "REST never answers": "BACKEND_TIMEOUT",
};
const those = <Store extends StagedStore>(faults: readonly Fault<Store>[]) =>
  faults.filter(({ name }) => name in codes);

/** By an instance that has used the store before, one that hasn't, and one that listens to another channel already. */
async function subscribeThrough<Store extends StagedStore>(store: Store, fault: Fault<Store>): Promise<void> {
  const [used, fresh, listening] = [0, 1, 2].map(() => store.open(fault.timeoutMs));
  const lived = startLivedTime();
  onTestFinished(async () => {
    lived.stop();
    await fault.mend(store);
    await Promise.all([used, fresh, listening].map((backend) => backend?.close()));
    await store.stop();
  });
  await used?.ping({ timeoutMs: 20_000 });
  await listening?.ping({ timeoutMs: 20_000 });
  await listening?.subscribe("before", () => undefined);
  await fault.happen(store);
  const seen = await Promise.all(
    [used, fresh, listening].map(async (backend) => {
      const startedAt = lived.elapsedMs;
      const error = await backend?.subscribe("news", () => undefined).catch((reason: unknown) => reason);
      expect(lived.elapsedMs - startedAt).toBeLessThan(fault.timeoutMs + graceMs);
      return error;
    }),
  );
  const expected = { code: codes[fault.name], operation: "subscribe", outcome: "not-applied", retryable: true };
  expect(seen).toMatchObject([expected, expected, expected]);
}

describe("subscribe fails by the backend's own deadline on a store that is", () => {
  it.each(those(tcpFaults))("$name", async (fault) => subscribeThrough(await startTcpStore(), fault));
  it.each(those(restFaults))("$name", async (fault) => subscribeThrough(await startRestStore(), fault));
});
