import { createMemoryBackend } from "keyward";
import { expect, test } from "vitest";
import { countRoundTrips } from "./counting-backend.ts";

test("calls that go to the store are counted and answered, others only answered", async () => {
  const backend = countRoundTrips(createMemoryBackend());
  expect(backend.name).toBe("memory");
  expect(await backend.set("a", "1")).toBe(true);
  expect(await backend.getMany(["a", "b"])).toEqual(["1", null]);
  expect(backend.roundTrips).toBe(2);
  await backend.close();
  expect(backend.roundTrips).toBe(2);
});

test("a call that fails is a round trip too", async () => {
  const backend = countRoundTrips(createMemoryBackend());
  await backend.close();
  await expect(backend.get("a")).rejects.toMatchObject({ code: "BACKEND_CLOSED" });
  expect(backend.roundTrips).toBe(1);
});
