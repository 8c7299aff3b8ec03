import { expect } from "vitest";
import { checksOf } from "../checks-of.ts";
import { hashField } from "../probes/hash-field.ts";

export const manyKeyChecks = checksOf("many keys", {
  "many keys are read in the order they were asked for, absent ones as null": async ({ backend, key }) => {
    const [a, b, absent] = [key(), key(), key()];
    await backend.set(a, "a");
    await backend.set(b, "b");
    expect(await backend.getMany([b, absent, a, b])).toEqual(["b", null, "a", "b"]);
  },

  "an empty list of keys reads as an empty list and deletes nothing": async ({ backend }) => {
    expect(await backend.getMany([])).toEqual([]);
    expect(await backend.delete([])).toBe(0);
  },

  "a thousand keys in different hash slots are read and deleted in one call": async ({ backend, key }) => {
    const names = Array.from({ length: 1000 }, () => key());
    await Promise.all(names.map((name, index) => backend.set(name, String(index))));
    expect(await backend.getMany(names)).toEqual(names.map((_, index) => String(index)));
    expect(await backend.delete(names)).toBe(1000);
    expect(await backend.getMany(names)).toEqual(names.map(() => null));
  },

  "deleting counts the keys that existed, each of them once": async ({ backend, key }) => {
    const [a, b, absent] = [key(), key(), key()];
    await backend.set(a, "a");
    await backend.set(b, "");
    expect(await backend.delete([a, absent, b, a])).toBe(2);
    expect(await backend.delete([a, absent, b])).toBe(0);
    expect(await backend.getMany([a, b])).toEqual([null, null]);
  },

  "deleting leaves other keys alone": async ({ backend, key }) => {
    const [gone, stays] = [key(), key()];
    await backend.set(gone, "value");
    await backend.set(stays, "value");
    await backend.delete([gone]);
    expect(await backend.get(stays)).toBe("value");
  },

  "deleting also removes a key that a script has written": async ({ backend, key }) => {
    const name = key();
    await backend.run(hashField, [name], { field: "field", value: "value" });
    expect(await backend.delete([name])).toBe(1);
    expect(await backend.run(hashField, [name], { field: "other", value: "value" })).toBe(1);
  },

  "the caller's list of keys isn't changed": async ({ backend, key }) => {
    const names = Object.freeze([key(), key()]);
    await backend.getMany(names);
    expect(await backend.delete(names)).toBe(0);
  },
});
