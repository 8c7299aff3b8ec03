import { BackendError, defineScript, type KeyValueBackend } from "@keyward/core";
import { askServer, increment, until } from "@keyward/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Fault, StagedStore } from "../staging/fault.ts";
import { restFaults } from "../staging/rest-faults.ts";
import { startRestStore } from "../staging/rest-store.ts";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { startTcpStore } from "../staging/tcp-store.ts";

const patient = { timeoutMs: 20_000 };

/** How many increments were confirmed, and how many may have been applied. */
async function incrementMany(backend: KeyValueBackend, tally: { confirmed: number; unknown: number }): Promise<void> {
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      try {
        await backend.run(increment, ["n"], { by: 1 });
        tally.confirmed += 1;
      } catch (error) {
        if (!BackendError.is(error)) throw error;
        if (error.outcome === "unknown") tally.unknown += 1;
      }
    }),
  );
}

async function countThrough<Store extends StagedStore>(store: Store, fault: Fault<Store>): Promise<void> {
  const backend = store.open(fault.timeoutMs);
  onTestFinished(async () => {
    await backend.close();
    await store.stop();
  });
  const tally = { confirmed: 0, unknown: 0 };
  await backend.run(increment, ["n"], { by: 1 }, patient);
  const inFlight = incrementMany(backend, tally);
  await fault.happen(store);
  await inFlight;
  for (let round = 0; round < 3; round += 1) await incrementMany(backend, tally);
  await fault.mend(store);
  // Whatever would be sent again goes out before this does.
  await until("it is confirmed again", async () =>
    backend.run(increment, ["marks the end"], { by: 1 }, patient).then(() => true),
  );
  const counted = Number(await askServer(store.redis.options, "GET", "n")) - 1;
  expect(counted).toBeGreaterThanOrEqual(tally.confirmed);
  expect(counted).toBeLessThanOrEqual(tally.confirmed + tally.unknown);
}

describe("no operation is sent again whose outcome is unknown, through a store that is", () => {
  it.each(tcpFaults)("$name", async (fault) => countThrough(await startTcpStore(), fault));
  it.each(restFaults)("$name", async (fault) => countThrough(await startRestStore(), fault));
});

const endless = defineScript<Record<never, never>, unknown>({
  name: "endless",
  keys: ["a number"],
  args: () => [],
  reply: (raw) => raw,
  lua: 'redis.call("INCR", KEYS[1]) while true do end',
  memory: () => null,
});

it("a script in the middle of which Redis is killed is in doubt, leaves nothing behind and is never run again", async () => {
  const store = await startTcpStore();
  const backend = store.open(patient.timeoutMs);
  onTestFinished(async () => {
    await backend.close();
    await store.stop();
  });
  await askServer(store.redis.options, "CONFIG", "SET", "lua-time-limit", "20");
  const running = backend.run(endless, ["n"], {}).catch((error: unknown) => error);
  await until("it is running", async () =>
    askServer(store.redis.options, "GET", "n").then(
      () => false,
      (error: Error) => error.message.startsWith("BUSY"),
    ),
  );
  await store.redis.restart({ kill: "SIGKILL" });
  expect(await running).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "unknown" });
  // It would keep the server busy.
  expect(await backend.get("n")).toBeNull();
});
