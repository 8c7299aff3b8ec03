import { defineScript } from "@keyward/core";
import { expect } from "vitest";
import { checksOf } from "../checks-of.ts";
import { answerWith, unreadable } from "../probes/answer-with.ts";
import { hashField } from "../probes/hash-field.ts";
import { increment } from "../probes/increment.ts";
import { move } from "../probes/move.ts";
import { expectBackendError, expectConfigurationError, secret } from "../rejection.ts";

const nowMs = 1_700_000_000_123;
const shortMs = 40;
/** Real time that is long enough for the calls in between, even on a busy machine. */
const briefMs = 500;

export const scriptChecks = checksOf("scripts", {
  "a script reads and writes what the plain operations do": async ({ backend, key }) => {
    const name = key();
    await backend.set(name, "41");
    expect(await backend.run(increment, [name], 1)).toBe(42);
    expect(await backend.get(name)).toBe("42");
  },

  "keys and arguments reach a script in their order": async ({ backend, key, slotKeys }) => {
    const [from = "", to = ""] = slotKeys(2);
    await backend.set(from, "10");
    expect(await backend.run(move, [from, to], undefined)).toEqual([9, 1]);
    const words = ["first", "", "한국어", "\0\r\n", "1", "1.50", "null", "{}"];
    expect(await backend.run(answerWith, [key()], { kind: "arguments", words })).toEqual(words);
  },

  "a thousand arguments, and a long one, reach a script completely": async ({ backend, key }) => {
    const words = Array.from({ length: 1000 }, (_, index) => `word ${index}`);
    expect(await backend.run(answerWith, [key()], { kind: "arguments", words })).toEqual(words);
    const long = "0123456789abcde\n".repeat(16_384);
    expect((await backend.run(answerWith, [key()], { kind: "text", words: [long] })) === long).toBe(true);
  },

  "a reply keeps its shape: text, integer, null, list": async ({ backend, key }) => {
    expect(await backend.run(answerWith, [key()], { kind: "text", words: ["42"] })).toBe("42");
    expect(await backend.run(answerWith, [key()], { kind: "text", words: [""] })).toBe("");
    expect(await backend.run(answerWith, [key()], { kind: "integer" })).toBe(42);
    expect(await backend.run(answerWith, [key()], { kind: "null" })).toBeNull();
    expect(await backend.run(answerWith, [key()], { kind: "list" })).toEqual([1, "two", null, ""]);
    expect(await backend.run(answerWith, [key()], { kind: "arguments" })).toEqual([]);
  },

  "nowMs replaces the store's clock": async ({ backend, key }) => {
    expect(Number(await backend.run(answerWith, [key()], { kind: "time" }, { nowMs }))).toBe(nowMs);
  },

  "a script's TTL is the key's": async ({ backend, key, elapse }) => {
    const name = key();
    await backend.run(hashField, [name], { field: "a", value: "1", ttlMs: briefMs });
    expect(await backend.run(hashField, [name], { field: "b", value: "2" })).toBe(2);
    await elapse(briefMs);
    expect(await backend.run(hashField, [name], { field: "c", value: "3" })).toBe(1);
  },

  "a hash that lost its last field is gone, and its TTL with it": async ({ backend, key, elapse }) => {
    const name = key();
    await backend.run(hashField, [name], { field: "a", value: "1", ttlMs: shortMs });
    expect(await backend.run(hashField, [name], { field: "a" })).toBe(0);
    expect(await backend.delete([name])).toBe(0);
    await backend.run(hashField, [name], { field: "b", value: "2" });
    await elapse(shortMs);
    expect(await backend.delete([name])).toBe(1);
  },

  "two scripts of the same name each run their own code": async ({ backend, key }) => {
    const name = key();
    const decrement = defineScript({
      ...increment,
      lua: increment.lua.replace("tonumber(ARGV[2])", "-tonumber(ARGV[2])"),
      memory: (store, keys, [by]) => increment.memory(store, keys, [String(-Number(by))]),
    });
    expect(await backend.run(increment, [name], 5)).toBe(5);
    expect(await backend.run(decrement, [name], 2)).toBe(3);
    expect(await backend.run(increment, [name], 5)).toBe(8);
  },

  "keys in different hash slots are refused, and nothing is written": async ({ backend, key }) => {
    const [from, to] = [`${key()}{a}`, `${key()}{b}`];
    await expectConfigurationError(() => backend.run(move, [from, to], undefined));
    expect(await backend.getMany([from, to])).toEqual([null, null]);
  },

  "too many or too few keys are refused": async ({ backend, slotKeys }) => {
    const [from = "", to = ""] = slotKeys(2);
    await expectConfigurationError(() => backend.run(move, [from], undefined));
    await expectConfigurationError(() => backend.run(increment, [from, to], 1));
    expect(await backend.getMany([from, to])).toEqual([null, null]);
  },

  "an error in a script is BACKEND_REJECTED, and quotes nothing that the script was given": async ({
    backend,
    key,
  }) => {
    await expectBackendError(
      () => backend.run(answerWith, [key(secret)], { kind: "error", words: [secret] }),
      "BACKEND_REJECTED",
      { operation: "run:answer-with" },
    );
  },

  "a key of another type is BACKEND_REJECTED, for a script and for get": async ({ backend, key }) => {
    const [hash, text] = [key(secret), key(secret)];
    await backend.run(hashField, [hash], { field: "field", value: secret });
    await backend.set(text, secret);
    await expectBackendError(() => backend.get(hash), "BACKEND_REJECTED", {
      operation: "get",
      outcome: "not-applied",
    });
    await expectBackendError(() => backend.run(increment, [hash], 1), "BACKEND_REJECTED");
    await expectBackendError(
      () => backend.run(hashField, [text], { field: "field", value: "value" }),
      "BACKEND_REJECTED",
      { operation: "run:hash-field" },
    );
  },

  "a reply that the definition can't read is BACKEND_REPLY_INVALID": async ({ backend, key }) => {
    await expectBackendError(
      () => backend.run(unreadable, [key(secret)], { kind: "text", words: [secret] }),
      "BACKEND_REPLY_INVALID",
      { operation: "run:unreadable" },
    );
  },
});
