import { expect } from "vitest";
import { checksOf } from "../checks-of.ts";
import { answerWith } from "../probes/answer-with.ts";
import { increment } from "../probes/increment.ts";
import { expectConfigurationError, secret } from "../rejection.ts";

/** Text that UTF-8 can't carry: either half of a surrogate pair. */
const halves = [`${secret}\ud83d`, `\ude00${secret}`];

export const argumentErrorChecks = checksOf("argument errors", {
  "half a surrogate pair is refused in every text": async ({ backend, key }) => {
    for (const text of halves) {
      await expectConfigurationError(() => backend.get(text));
      await expectConfigurationError(() => backend.getMany([key(), text]));
      await expectConfigurationError(() => backend.set(text, "value"));
      await expectConfigurationError(() => backend.set(key(), text));
      await expectConfigurationError(() => backend.delete([key(), text]));
      await expectConfigurationError(() => backend.run(increment, [text], 1));
      await expectConfigurationError(() => backend.run(answerWith, [key()], { kind: "text", words: [text] }));
      await expectConfigurationError(() => backend.publish(text, "message"));
      await expectConfigurationError(() => backend.publish(key("channel"), text));
      await expectConfigurationError(() => backend.subscribe(text, () => {}));
    }
  },

  "an empty key or channel is refused": async ({ backend, key }) => {
    await expectConfigurationError(() => backend.get(""));
    await expectConfigurationError(() => backend.getMany([key(), ""]));
    await expectConfigurationError(() => backend.set("", "value"));
    await expectConfigurationError(() => backend.delete([key(), ""]));
    await expectConfigurationError(() => backend.run(increment, [""], 1));
    await expectConfigurationError(() => backend.publish("", "message"));
    await expectConfigurationError(() => backend.subscribe("", () => {}));
  },

  "a TTL that isn't a whole number of milliseconds above 0 is refused, and nothing is written": async ({
    backend,
    key,
  }) => {
    const [absent, present] = [key(), key()];
    await backend.set(present, "before");
    for (const ttlMs of [0, -1, -0, 1.5, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      await expectConfigurationError(() => backend.set(absent, secret, { ttlMs }));
      await expectConfigurationError(() => backend.set(present, secret, { ttlMs, onlyIf: "present" }));
    }
    expect(await backend.getMany([absent, present])).toEqual([null, "before"]);
  },

  "one bad key among many fails the whole call": async ({ backend, key }) => {
    const name = key();
    await backend.set(name, "value");
    await expectConfigurationError(() => backend.delete([name, `\ud800`]));
    expect(await backend.get(name)).toBe("value");
  },

  "a deadline that isn't a time above 0 is refused": async ({ backend, key }) => {
    for (const timeoutMs of [0, -1, Number.NaN]) {
      await expectConfigurationError(() => backend.get(key(), { timeoutMs }));
      await expectConfigurationError(() => backend.run(increment, [key()], 1, { timeoutMs }));
    }
  },

  "replicas that can't be waited for are refused before anything is written": async ({ backend, key }) => {
    const name = key();
    const some = backend.capabilities.hearsOfReplicas === true ? [] : [1, 2];
    for (const replicas of [-1, 1.5, Number.NaN, ...some]) {
      await expectConfigurationError(() => backend.run(increment, [name], 1, { replicas }));
    }
    expect(await backend.get(name)).toBeNull();
  },

  "an option that isn't one of its choices is refused, and nothing is written": async ({ backend, key }) => {
    const name = key();
    const unknown = "never" as "absent";
    await expectConfigurationError(() => backend.set(name, secret, { onlyIf: unknown }));
    for (const nowMs of [-1, 1.5, Number.NaN]) {
      await expectConfigurationError(() => backend.run(increment, [name], 1, { nowMs }));
    }
    expect(await backend.get(name)).toBeNull();
  },
});
