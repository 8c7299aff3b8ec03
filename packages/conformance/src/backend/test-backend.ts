import { afterAll, beforeAll, describe } from "vitest";
import { registerChecks } from "../check/register-checks.ts";
import { backendChecks } from "./backend-checks.ts";
import type { BackendExpectations, CreateBackend } from "./backend-expectations.ts";
import { type BackendSubject, openSubject } from "./backend-subject.ts";

/**
 * Registers the vitest tests that prove a backend: values, expiry, many keys, conditional set, scripts, atomicity,
 * messages, aborts and deadlines, argument errors, closing.
 *
 * Every key is new to the store and deleted at the end, so the store may hold other things. `create` is called once for
 * most tests and once for each of those that close what they get.
 *
 * @throws {ConfigurationError} if a shared backend comes without a second instance to prove it by.
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
