import { testBackend } from "@keyward/conformance";
import { describe } from "vitest";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { degradingEverything } from "./fixtures/degrading-everything.ts";
import { scriptedStore } from "./fixtures/scripted-store.ts";
import { withFallback } from "./with-fallback.ts";

let now = Date.now();
const advance = (ms: number) => {
  now += ms;
};
const createMemory = () => createMemoryBackend({ now: () => now });

describe("withFallback over memory", () => {
  testBackend(() => withFallback(createMemory()), {
    capabilities: { reach: "local", push: true, billedPerCommand: false },
    advance,
  });
});

describe("withFallback over a store that is switched off, for what may be degraded", () => {
  testBackend(() => degradingEverything(withFallback("off", { fallback: createMemory })), {
    capabilities: { reach: "off", push: true, billedPerCommand: false },
    advance,
  });
});

describe("withFallback over a store that is away, for what may be degraded", () => {
  const create = async () => {
    const store = scriptedStore();
    store.behaviour = "BACKEND_UNAVAILABLE";
    const backend = withFallback(store, { fallback: createMemory });
    for (let count = 0; count < 5; count += 1) await backend.get("key").catch(() => {});
    // What is true of it for as long as the outage lasts.
    return { ...degradingEverything(backend), capabilities };
  };
  const capabilities = { reach: "local", push: true, billedPerCommand: false } as const;
  testBackend(create, { capabilities, advance });
});
