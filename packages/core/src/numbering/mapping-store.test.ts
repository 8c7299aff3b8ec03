import { expect, it } from "vitest";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { createMappingStore } from "./mapping-store.ts";

it("gives one original one number and leads back to it", async () => {
  const store = createMappingStore({ backend: createMemoryBackend(), scope: "s" });
  const first = await store.assign([
    { type: "HOST", value: "a" },
    { type: "HOST", value: "b" },
    { type: "HOST", value: "a" },
    { type: "USER", value: "a" },
  ]);
  expect(first.assigned).toEqual([
    { number: 1, isNew: true },
    { number: 2, isNew: true },
    { number: 1, isNew: false },
    { number: 1, isNew: true },
  ]);
  expect(first.remainingMs).toBeNull();
  const { values } = await store.resolve([
    { type: "HOST", number: 2 },
    { type: "HOST", number: 3 },
    { type: "USER", number: 1 },
  ]);
  expect(values).toEqual(["b", null, "a"]);
});
