import { createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { type Fault, faultyBackend } from "./faulty-backend.ts";
import { createGate } from "./gate.ts";

/** Does the fault to the first `set` and nothing else. */
function failingOnce(fault: Fault) {
  return faultyBackend(createMemoryBackend(), ({ operation, count }) =>
    operation === "set" && count === 1 ? fault : undefined,
  );
}

describe("faultyBackend", () => {
  it("fails before the store was reached", async () => {
    const backend = failingOnce({ kind: "fail-before" });
    await expect(backend.set("k", "v")).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "not-applied" });
    expect(await backend.get("k")).toBeNull();
    expect(await backend.set("k", "v")).toBe(true);
    expect(backend.calls.map(({ operation, count }) => `${operation} ${count}`)).toEqual(["set 1", "get 1", "set 2"]);
  });

  it("loses the reply of what was applied", async () => {
    const backend = failingOnce({ kind: "fail-after" });
    await expect(backend.set("k", "v")).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "unknown" });
    expect(await backend.get("k")).toBe("v");
  });

  it.each([true, false])("times out with the write applied or not: %s", async (applied) => {
    const backend = failingOnce({ kind: "time-out", applied });
    await expect(backend.set("k", "v")).rejects.toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    expect(await backend.get("k")).toBe(applied ? "v" : null);
  });

  it("holds a call until the gate opens", async () => {
    const gate = createGate();
    const backend = failingOnce({ kind: "hold", until: gate.opened });
    const held = backend.set("k", "v");
    expect(await backend.get("k")).toBeNull();
    gate.open();
    expect(await held).toBe(true);
    expect(await backend.get("k")).toBe("v");
  });
});
