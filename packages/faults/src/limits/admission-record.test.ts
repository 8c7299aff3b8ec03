import { expect, test } from "vitest";
import { createAdmissionRecord } from "./admission-record.ts";
import type { Admission } from "./hammer-task.ts";

const record = () => createAdmissionRecord({ limit: 3, part: 1, windowMs: 100, instances: 2 });
const onStore = (...times: readonly number[]): Admission[] => times.map((takenAt) => ({ origin: "store", takenAt }));
const locally = (...times: readonly number[]): Admission[] => times.map((takenAt) => ({ origin: "local", takenAt }));

test("a window holds what the store let through, and a part for each instance beside it", () => {
  const kept = record();
  kept.add(0, [...onStore(10, 20, 110), ...locally(15)]);
  kept.add(1, [...onStore(30), ...locally(16)]);
  expect(kept.most).toEqual({ onStore: 3, byOneInstance: 1, inAll: 5 });
  expect(kept.violations).toEqual([]);
});

test("what leaves a window the moment that another comes isn't in it", () => {
  const kept = record();
  kept.add(0, onStore(0, 0, 0, 100, 100, 100));
  expect(kept.violations).toEqual([]);
  kept.add(0, onStore(99));
  expect(kept.violations).not.toEqual([]);
});

test("an instance that lets more than its part through by itself is found, also where the sum is kept", () => {
  const kept = record();
  kept.add(0, locally(10, 60));
  expect(kept.violations).toEqual(["an instance let 2 through by itself in a window"]);
});

test("a store that has lost what it counted begins anew, once for each loss", () => {
  const kept = record();
  kept.add(0, onStore(10, 20, 30, 50, 60, 70));
  expect(kept.violations.length).toBeGreaterThan(0);
  kept.noteLoss(40);
  expect(kept.violations).toEqual([]);
  kept.add(0, onStore(80));
  expect(kept.violations).toContain("the store let 4 through in a window");
});
