import fc from "fast-check";
import { expect } from "vitest";
import { holdForAll } from "../../check/hold-for-all.ts";
import { checksOf } from "../checks-of.ts";

/** Text that a client or an encoding on the way may mistake for something else. */
const treacherous = [
  "",
  " ",
  "0",
  "123",
  "00123",
  "9007199254740993",
  "1e3",
  "null",
  "true",
  '"quoted"',
  '{"a":[1,2]}',
  "[]",
  "line\r\nline\n",
  "\0\u0001\u007f",
  "%s %d $& $1 \\u0041",
  "data: event\n\n",
  "한국어 ไทย עברית",
  "👩‍👩‍👧 𝒳",
  "e\u0301",
  "\ufeffmark",
];

const anyText = fc.string({ unit: "binary", maxLength: 40, size: "max" });

export const valueChecks = checksOf("values", {
  "an absent key reads as null": async ({ backend, key }) => {
    expect(await backend.get(key())).toBeNull();
  },

  "a value is read back as it was written, whatever it looks like": async ({ backend, key }) => {
    for (const value of treacherous) {
      const name = key();
      expect(await backend.set(name, value)).toBe(true);
      expect(await backend.get(name)).toBe(value);
    }
  },

  "any well-formed text survives as a value and as part of a key": async ({ backend, key }) => {
    await holdForAll(
      fc.tuple(anyText, anyText),
      async ([suffix, value]) => {
        const name = key(suffix);
        await backend.set(name, value);
        expect(await backend.getMany([name])).toEqual([value]);
        expect(await backend.delete([name])).toBe(1);
      },
      { numRuns: 50 },
    );
  },

  "keys that differ in case, in Unicode form or in a glob character are different keys": async ({ backend, key }) => {
    const common = key();
    const names = ["a", "A", "*", "?", "[a]", "\\*", "é", "e\u0301", "a ", "a\n", ""].map((end) => `${common}:${end}`);
    for (const name of names) await backend.set(name, name);
    expect(await backend.getMany(names)).toEqual(names);
    expect(await backend.delete([`${common}:*`])).toBe(1);
    expect(await backend.getMany([`${common}:*`, `${common}:a`])).toEqual([null, `${common}:a`]);
    await backend.delete(names);
  },

  "names of Object.prototype are keys like any other": async ({ backend }) => {
    const words = ["__proto__", "constructor", "hasOwnProperty", "toString"];
    expect(await backend.getMany(words)).toEqual(words.map(() => null));
    for (const word of words) expect(await backend.get(word)).toBeNull();
  },

  "a megabyte is read back completely": async ({ backend, key }) => {
    const name = key();
    const value = "0123456789abcde\n".repeat(65_536);
    await backend.set(name, value);
    expect((await backend.get(name)) === value).toBe(true);
  },

  "a second write replaces the first": async ({ backend, key }) => {
    const name = key();
    await backend.set(name, "first");
    expect(await backend.set(name, "second")).toBe(true);
    expect(await backend.get(name)).toBe("second");
  },
});
