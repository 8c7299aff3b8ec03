import { expect } from "vitest";
import { checksOf } from "../checks-of.ts";
import { everyMember } from "../every-member.ts";
import { increment } from "../probes/increment.ts";
import { rejection } from "../rejection.ts";

const amply = 10_000;

export const abortChecks = checksOf("aborts and deadlines", {
  "a signal that is already aborted rejects every member with its reason": async (subject) => {
    for (const reason of [new Error("the caller went away"), "a reason of any kind"]) {
      const signal = AbortSignal.abort(reason);
      for (const [member, call] of Object.entries(everyMember(subject, subject.backend))) {
        expect(await rejection(() => call({ signal })), member).toBe(reason);
      }
      expect(await rejection(() => subject.backend.subscribe(subject.key(), () => {}, { signal }))).toBe(reason);
    }
  },

  "an abort without a reason of its own rejects with an AbortError": async ({ backend, key }) => {
    const error = await rejection(() => backend.get(key(), { signal: AbortSignal.abort() }));
    expect(error).toHaveProperty("name", "AbortError");
  },

  "a call that was aborted before it began changes nothing": async ({ backend, key }) => {
    const [written, counted, kept] = [key(), key(), key()];
    const signal = AbortSignal.abort();
    await backend.set(kept, "value");
    await rejection(() => backend.set(written, "value", { signal }));
    await rejection(() => backend.run(increment, [counted], 1, { signal }));
    await rejection(() => backend.delete([kept], { signal }));
    expect(await backend.getMany([written, counted, kept])).toEqual([null, null, "value"]);
  },

  "an abort while a call runs ends it with the reason or with its result": async (subject) => {
    const reason = new Error("the caller went away");
    for (const [member, call] of Object.entries(everyMember(subject, subject.backend))) {
      const controller = new AbortController();
      const pending = call({ signal: controller.signal }).then(
        () => reason,
        (error: unknown) => error,
      );
      controller.abort(reason);
      expect(await pending, member).toBe(reason);
    }
  },

  "an abort after the end, or of another call, changes nothing": async ({ backend, key }) => {
    const name = key();
    const [late, other] = [new AbortController(), new AbortController()];
    await backend.set(name, "value", { signal: late.signal });
    late.abort();
    const aborted = backend.get(name, { signal: other.signal }).catch(() => null);
    const running = backend.get(name);
    other.abort();
    expect(await running).toBe("value");
    await aborted;
    expect(await backend.get(name)).toBe("value");
  },

  "every member accepts a deadline, and ends within an ample one": async (subject) => {
    for (const call of Object.values(everyMember(subject, subject.backend))) await call({ timeoutMs: amply });
  },
});
