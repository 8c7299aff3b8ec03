import { expect } from "vitest";
import { checksOf } from "../checks-of.ts";
import { hashField } from "../probes/hash-field.ts";

const shortMs = 40;
/** Real time that is long enough for the calls in between, even on a busy machine. */
const briefMs = 500;
const longMs = 600_000;

export const conditionalSetChecks = checksOf("conditional set", {
  'with onlyIf "absent" writes only where there is nothing': async ({ backend, key }) => {
    const name = key();
    expect(await backend.set(name, "first", { onlyIf: "absent" })).toBe(true);
    expect(await backend.set(name, "second", { onlyIf: "absent" })).toBe(false);
    expect(await backend.get(name)).toBe("first");
  },

  'with onlyIf "present" writes only where there is something': async ({ backend, key }) => {
    const name = key();
    expect(await backend.set(name, "first", { onlyIf: "present" })).toBe(false);
    expect(await backend.get(name)).toBeNull();
    await backend.set(name, "");
    expect(await backend.set(name, "second", { onlyIf: "present" })).toBe(true);
    expect(await backend.get(name)).toBe("second");
  },

  "a key that a script has written counts as present, and is replaced entirely": async ({ backend, key }) => {
    const name = key();
    await backend.run(hashField, [name], { field: "field", value: "value" });
    expect(await backend.set(name, "text", { onlyIf: "absent" })).toBe(false);
    expect(await backend.set(name, "text", { onlyIf: "present" })).toBe(true);
    expect(await backend.get(name)).toBe("text");
  },

  "a conditional write sets its TTL with the value": async ({ backend, key, elapse }) => {
    const [absent, present] = [key(), key()];
    await backend.set(absent, "value", { onlyIf: "absent", ttlMs: shortMs });
    await backend.set(present, "value");
    await backend.set(present, "value", { onlyIf: "present", ttlMs: shortMs });
    await elapse(shortMs);
    expect(await backend.getMany([absent, present])).toEqual([null, null]);
  },

  "a conditional write without a TTL removes the old one": async ({ backend, key, elapse }) => {
    const name = key();
    await backend.set(name, "first", { ttlMs: briefMs });
    await backend.set(name, "second", { onlyIf: "present" });
    await elapse(briefMs);
    expect(await backend.get(name)).toBe("second");
  },

  "a write whose condition fails leaves the TTL alone": async ({ backend, key, elapse }) => {
    const [soon, late, never] = [key(), key(), key()];
    await backend.set(soon, "value", { ttlMs: briefMs });
    await backend.set(late, "value", { ttlMs: longMs });
    await backend.set(never, "value");
    expect(await backend.set(soon, "other", { onlyIf: "absent", ttlMs: longMs })).toBe(false);
    expect(await backend.set(late, "other", { onlyIf: "absent", ttlMs: shortMs })).toBe(false);
    expect(await backend.set(never, "other", { onlyIf: "absent", ttlMs: shortMs })).toBe(false);
    await elapse(briefMs);
    expect(await backend.getMany([soon, late, never])).toEqual([null, "value", "value"]);
  },
});
