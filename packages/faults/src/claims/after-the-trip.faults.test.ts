import { type FallbackBackend, withFallback } from "@keyward/core";
import { increment, until } from "@keyward/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { see } from "../features/feature.ts";
import { restFaults } from "../staging/rest-faults.ts";
import { startRestStore } from "../staging/rest-store.ts";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { startTcpStore } from "../staging/tcp-store.ts";
import { endsWithinItsTurn } from "./ends-within-its-turn.ts";

const local = { degrade: "local" } as const;
const named = (name: string) => [...tcpFaults, ...restFaults].find((fault) => fault.name === name)!;

const staged = [
  ...["refused", "killed", "frozen", "out of memory", "read-only replica", "too slow"].map((name) => ({
    name,
    start: startTcpStore,
  })),
  ...["REST 429", "REST 500", "REST never answers"].map((name) => ({ name, start: startRestStore })),
];

async function trip(backend: FallbackBackend): Promise<void> {
  await until("the store is taken for away", async () => {
    await backend.run(increment, ["tripping"], { by: 1 }, local);
    return backend.mode === "local";
  });
}

describe("once the store is taken for away, nobody waits for a network that is", () => {
  it.each(staged)("$name", async ({ name, start }) => {
    const store = await start();
    const fault = named(name);
    const backend = withFallback(store.open(fault.timeoutMs));
    onTestFinished(async () => {
      await backend.close();
      await store.stop();
    });
    await backend.ping({ timeoutMs: 20_000 });
    await fault.happen(store as never);
    await trip(backend);

    for (let count = 1; count <= 1_000; count += 1) {
      expect(await endsWithinItsTurn(backend.run(increment, ["far"], { by: 1 }, local))).toBe(true);
    }
    expect(await backend.run(increment, ["far"], { by: 1 }, local)).toBe(1_001);
    const refused = backend.run(increment, ["far"], { by: 1 });
    expect(await endsWithinItsTurn(refused)).toBe(true);
    expect(await see(() => refused.then(() => "done"))).toBe("not applied");
  });
});
