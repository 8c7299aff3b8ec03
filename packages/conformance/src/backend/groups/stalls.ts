import { expect } from "vitest";
import type { BackendSubject } from "../backend-subject.ts";
import { checksOf } from "../checks-of.ts";
import { everyMember } from "../every-member.ts";
import { increment } from "../probes/increment.ts";
import { expectBackendError, rejection } from "../rejection.ts";
import { until } from "../until.ts";

const timeoutMs = 150;
/** Timers may fire this much too early. */
const earlyMs = 5;

export const stallChecks = checksOf("aborts and deadlines", {
  "a store that doesn't answer is BACKEND_TIMEOUT at the deadline, for every member": async (subject) => {
    await whileStalled(subject, async () => {
      const start = performance.now();
      const members = Object.entries(everyMember(subject, subject.backend));
      await Promise.all(
        members.map(([operation, call]) =>
          expectBackendError(() => call({ timeoutMs }), "BACKEND_TIMEOUT", {
            operation,
            patienceMs: subject.patienceMs,
          }),
        ),
      );
      expect(performance.now() - start).toBeGreaterThan(timeoutMs - earlyMs);
      expect(performance.now() - start).toBeLessThan(timeoutMs + subject.patienceMs / 2);
    });
  },

  "a store that doesn't answer ends in an error even if the caller has no deadline": async (subject) => {
    await whileStalled(subject, () =>
      expectBackendError(() => subject.backend.get(subject.key()), "BACKEND_TIMEOUT", {
        patienceMs: subject.patienceMs,
      }),
    );
  },

  "time that a caller has already waited counts towards the deadline that the backend states": async (subject) => {
    const waitedMs = (subject.backend.deadlineMs?.(0) ?? 0) / 2;
    if (waitedMs === 0) return;
    const ended: Record<string, string[]> = {};
    await whileStalled(subject, () =>
      Promise.all(
        Object.entries(everyMember(subject, subject.backend)).flatMap(([member, call]) => {
          const order: string[] = [];
          ended[member] = order;
          return [
            rejection(() => call(), subject.patienceMs).then(() => order.push("who has just come")),
            rejection(() => call({ waitedMs }), subject.patienceMs).then(() => order.push("who has waited")),
          ];
        }),
      ),
    );
    for (const [member, order] of Object.entries(ended)) {
      expect(order, member).toEqual(["who has waited", "who has just come"]);
    }
  },

  "an abort doesn't wait for the store": async (subject) => {
    await whileStalled(subject, async () => {
      const reason = new Error("the caller went away");
      const controller = new AbortController();
      const { signal } = controller;
      const pending = rejection(
        () => subject.backend.get(subject.key(), { signal, timeoutMs: 60_000 }),
        subject.patienceMs,
      );
      controller.abort(reason);
      const start = performance.now();
      expect(await pending).toBe(reason);
      expect(performance.now() - start).toBeLessThan(subject.patienceMs / 2);
    });
  },

  "a step whose outcome is unknown is not sent again": async (subject) => {
    const name = subject.key();
    await subject.backend.set(name, "0");
    await whileStalled(subject, () =>
      expectBackendError(() => subject.backend.run(increment, [name], 1, { timeoutMs }), "BACKEND_TIMEOUT", {
        outcome: "unknown",
      }),
    );
    await subject.elapse(2 * timeoutMs);
    expect(["0", "1"]).toContain(await subject.second.get(name));
  },

  "a store that answers again is used again": async (subject) => {
    const name = subject.key();
    await subject.backend.set(name, "value");
    await whileStalled(subject, () => rejection(() => subject.backend.get(name, { timeoutMs })));
    expect(await subject.backend.get(name)).toBe("value");
  },

  "closing rejects the calls that are pending": async (subject) => {
    const other = await subject.fresh();
    await other.ping();
    await whileStalled(subject, async () => {
      const pending = expectBackendError(() => other.get(subject.key(), { timeoutMs: 20_000 }), "BACKEND_CLOSED", {
        patienceMs: subject.patienceMs,
      });
      const start = performance.now();
      await Promise.all([pending, other.close()]);
      expect(performance.now() - start).toBeLessThan(subject.patienceMs / 2);
    });
  },
});

async function whileStalled({ backend, expectations }: BackendSubject, work: () => Promise<unknown>): Promise<void> {
  await backend.ping();
  const release = await expectations.stall?.();
  try {
    await work();
  } finally {
    await release?.();
  }
  await until("the store answers again", () =>
    backend.ping().then(
      () => true,
      () => false,
    ),
  );
}
