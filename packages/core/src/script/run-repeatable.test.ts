import { increment } from "@keyward/test-kit";
import { afterEach, expect, it, vi } from "vitest";
import type { KeyValueBackend, RunOptions } from "../backend.ts";
import { failure } from "../fallback/fixtures/scripted-store.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { runRepeatable } from "./run-repeatable.ts";

afterEach(() => void vi.restoreAllMocks());

it.each<[RunOptions, RunOptions[]]>([
  [{}, [{}, {}, {}]],
  [{ timeoutMs: 100 }, [{ timeoutMs: 100 }, { timeoutMs: 90 }, { timeoutMs: 80 }]],
  [{ waitedMs: 100 }, [{ waitedMs: 100 }, { waitedMs: 110 }, { waitedMs: 120 }]],
])("a repeat stays within the deadline of the first try: %o", async (options, tries) => {
  let nowMs = 1_000;
  vi.spyOn(performance, "now").mockImplementation(() => nowMs);
  const seen: RunOptions[] = [];
  const backend: KeyValueBackend = Object.assign(createMemoryBackend(), {
    run(_script: unknown, _keys: unknown, _input: unknown, runOptions: RunOptions) {
      seen.push(runOptions);
      nowMs += 10;
      return Promise.reject(Object.assign(failure("BACKEND_UNAVAILABLE", "run:increment"), { outcome: "unknown" }));
    },
  });
  await expect(runRepeatable(backend, increment, ["k"], { by: 1 }, options)).rejects.toMatchObject({
    outcome: "unknown",
  });
  expect(seen).toEqual(tries);
});
