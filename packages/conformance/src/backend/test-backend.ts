import { afterAll, beforeAll, describe } from "vitest";
import { registerChecks } from "../check/register-checks.ts";
import { backendChecks } from "./backend-checks.ts";
import type { BackendExpectations, CreateBackend } from "./backend-expectations.ts";
import { type BackendSubject, openSubject } from "./backend-subject.ts";

/**
 * Registers the vitest tests that prove a backend: values, expiry, many keys, conditional set, scripts, atomicity,
 * messages, aborts and deadlines, argument errors, closing.
 *
 * The tests use keys of their own and delete them at the end, so the store may hold other data. Most tests share one backend.
 * For each test that closes its backend, `create` is called once more.
 *
 * @throws {ConfigurationError} if the backend is shared, and there is no second instance to prove it with.
 */
export function testBackend(create: CreateBackend, expectations: BackendExpectations): void {
  const checks = backendChecks(expectations);
  describe("a backend", () => {
    let subject: BackendSubject;
    beforeAll(async () => {
      subject = await openSubject(create, expectations);
    });
    afterAll(() => subject?.close());
    registerChecks(checks, () => subject);
  });
}
