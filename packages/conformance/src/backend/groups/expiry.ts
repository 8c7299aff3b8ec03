import { expect } from "vitest";
import type { BackendSubject } from "../backend-subject.ts";
import { checksOf } from "../checks-of.ts";

const shortMs = 40;
const longMs = 600_000;
/** How late a real store may drop a key that nobody has asked for yet. */
const graceMs = 50;
/** Two machines with clocks of whole milliseconds may see a TTL this much shorter than it was. */
const roundingMs = 2;

export const expiryChecks = checksOf("expiry", {
  "a value is there until its TTL has passed, and gone from then on": async (subject) => {
    const name = subject.key();
    const ttlMs = 80;
    await (subject.expectations.advance ? stepThrough(subject, name, ttlMs) : watch(subject, name, ttlMs));
  },

  "a value without a TTL stays": async ({ backend, key, elapse }) => {
    const name = key();
    await backend.set(name, "value");
    await elapse(shortMs);
    expect(await backend.get(name)).toBe("value");
  },

  "a write without a TTL removes the old one": async ({ backend, key, elapse }) => {
    const name = key();
    await backend.set(name, "first", { ttlMs: shortMs });
    await backend.set(name, "second");
    await elapse(shortMs);
    expect(await backend.get(name)).toBe("second");
  },

  "a write with a TTL replaces the old one, longer or shorter": async ({ backend, key, elapse }) => {
    const [longer, shorter] = [key(), key()];
    await backend.set(longer, "value", { ttlMs: shortMs });
    await backend.set(longer, "value", { ttlMs: longMs });
    await backend.set(shorter, "value", { ttlMs: longMs });
    await backend.set(shorter, "value", { ttlMs: shortMs });
    await elapse(shortMs);
    expect(await backend.getMany([longer, shorter])).toEqual(["value", null]);
  },

  "a TTL of 1 ms is respected": async ({ backend, key, elapse }) => {
    const name = key();
    await backend.set(name, "value", { ttlMs: 1 });
    await elapse(1);
    expect(await backend.get(name)).toBeNull();
  },

  "TTLs of 30 days, 100 years and the largest whole number are kept": async ({ backend, key, elapse }) => {
    // A timer has 32 bits, so with 30 days or more it fires at once.
    const names = [2 ** 31, 30 * 86_400_000, 100 * 365 * 86_400_000, Number.MAX_SAFE_INTEGER].map((ttlMs) => ({
      name: key(),
      ttlMs,
    }));
    for (const { name, ttlMs } of names) expect(await backend.set(name, "value", { ttlMs })).toBe(true);
    await elapse(shortMs);
    expect(await backend.getMany(names.map(({ name }) => name))).toEqual(names.map(() => "value"));
  },

  "an expired key counts as absent for every operation": async ({ backend, key, elapse }) => {
    const [read, deleted, absent, present] = [key(), key(), key(), key()];
    for (const name of [read, deleted, absent, present]) await backend.set(name, "old", { ttlMs: shortMs });
    await elapse(shortMs);
    expect(await backend.getMany([read, read])).toEqual([null, null]);
    expect(await backend.delete([deleted])).toBe(0);
    expect(await backend.set(present, "new", { onlyIf: "present" })).toBe(false);
    expect(await backend.set(absent, "new", { onlyIf: "absent" })).toBe(true);
    expect(await backend.get(absent)).toBe("new");
  },

  "a key that was deleted and written again doesn't keep its old TTL": async ({ backend, key, elapse }) => {
    const name = key();
    await backend.set(name, "old", { ttlMs: shortMs });
    await backend.delete([name]);
    await backend.set(name, "new");
    await elapse(shortMs);
    expect(await backend.get(name)).toBe("new");
  },

  "reading a value doesn't lengthen its life": async ({ backend, key, elapse }) => {
    const name = key();
    await backend.set(name, "value", { ttlMs: shortMs });
    await elapse(shortMs / 2);
    await backend.getMany([name]);
    await elapse(shortMs / 2);
    expect(await backend.get(name)).toBeNull();
  },

  "each key has a deadline of its own": async ({ backend, key, elapse }) => {
    const names = Array.from({ length: 20 }, () => key());
    await Promise.all(
      names.map((name, index) => backend.set(name, "value", { ttlMs: index % 2 === 0 ? shortMs : longMs })),
    );
    await elapse(shortMs);
    expect(await backend.getMany(names)).toEqual(names.map((_, index) => (index % 2 === 0 ? null : "value")));
  },
});

async function stepThrough({ backend, elapse }: BackendSubject, name: string, ttlMs: number): Promise<void> {
  await backend.set(name, "value", { ttlMs });
  await elapse(ttlMs - 1);
  expect(await backend.get(name), "1 ms before the TTL has passed").toBe("value");
  await elapse(1);
  expect(await backend.get(name), "when the TTL has passed").toBeNull();
}

/** Asks all the time, and compares each answer with the times of the question and of the answer. */
async function watch({ backend }: BackendSubject, name: string, ttlMs: number): Promise<void> {
  const sent = performance.now();
  await backend.set(name, "value", { ttlMs });
  const acknowledged = performance.now();
  for (;;) {
    const asked = performance.now();
    const value = await backend.get(name);
    if (value === null) {
      expect(performance.now() - sent, "milliseconds after which it was gone").toBeGreaterThan(ttlMs - roundingMs);
      return;
    }
    expect(value).toBe("value");
    expect(asked - acknowledged, "milliseconds after which it was still there").toBeLessThan(ttlMs + graceMs);
  }
}
