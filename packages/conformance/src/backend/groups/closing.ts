import { expect } from "vitest";
import type { BackendSubject } from "../backend-subject.ts";
import { checksOf } from "../checks-of.ts";
import { everyMember } from "../every-member.ts";
import { expectBackendError } from "../rejection.ts";

export const closingChecks = checksOf("closing", {
  "after close every member fails with BACKEND_CLOSED, and says that nothing was applied": async (subject) => {
    const backend = await subject.fresh();
    await backend.ping();
    await backend.close();
    await expectClosed(subject, backend);
  },

  "a backend that was never used can be closed, too": async (subject) => {
    const backend = await subject.fresh();
    await backend.close();
    await expectClosed(subject, backend);
  },

  "close may be called twice, one after the other or at the same time": async ({ fresh }) => {
    const backend = await fresh();
    await backend.ping();
    await Promise.all([backend.close(), backend.close()]);
    await backend.close();
  },

  "calls that are pending when close is called end: with their result or BACKEND_CLOSED": async (subject) => {
    const backend = await subject.fresh();
    await backend.ping();
    const pending = Object.values(everyMember(subject, backend)).map((call) =>
      call().then(
        () => "a result",
        (error: unknown) => (error as { code?: unknown }).code,
      ),
    );
    await backend.close();
    for (const end of await Promise.all(pending)) expect(["a result", "BACKEND_CLOSED"]).toContain(end);
  },

  "disposal closes the backend, if it offers disposal": async (subject) => {
    const { asyncDispose } = Symbol as { asyncDispose?: symbol };
    const backend = await subject.fresh();
    const dispose = asyncDispose && (backend as unknown as Record<symbol, unknown>)[asyncDispose];
    await (typeof dispose === "function" ? dispose.call(backend) : backend.close());
    await expectClosed(subject, backend);
  },
});

async function expectClosed(subject: BackendSubject, backend: BackendSubject["backend"]): Promise<void> {
  for (const [operation, call] of Object.entries(everyMember(subject, backend))) {
    await expectBackendError(() => call(), "BACKEND_CLOSED", { operation, outcome: "not-applied" });
  }
  await expectBackendError(() => backend.subscribe(subject.key(), () => {}), "BACKEND_CLOSED", {
    operation: "subscribe",
  });
}
