import { ConfigurationError } from "@keyward/core";
import type { BackendExpectations } from "./backend-expectations.ts";
import type { BackendCheck } from "./checks-of.ts";
import { abortChecks } from "./groups/aborts.ts";
import { argumentErrorChecks } from "./groups/argument-errors.ts";
import { atomicityChecks } from "./groups/atomicity.ts";
import { closingChecks } from "./groups/closing.ts";
import { conditionalSetChecks } from "./groups/conditional-set.ts";
import { expiryChecks } from "./groups/expiry.ts";
import { identityChecks } from "./groups/identity.ts";
import { manyKeyChecks } from "./groups/many-keys.ts";
import { gapChecks, messageChecks } from "./groups/messages.ts";
import { modelChecks } from "./groups/model.ts";
import { scriptChecks } from "./groups/scripts.ts";
import { sharingChecks } from "./groups/sharing.ts";
import { stallChecks } from "./groups/stalls.ts";
import { valueChecks } from "./groups/values.ts";

/**
 * The facts that `testBackend` registers as tests, for running them in another way. Facts that aren't expected of this backend
 * are left out, not skipped.
 *
 * @throws {ConfigurationError} if the backend is shared, and there is no second instance to prove it with.
 */
export function backendChecks(expectations: BackendExpectations): BackendCheck[] {
  const { capabilities, createSecond, stall, disconnect } = expectations;
  if (capabilities.reach === "shared" && !createSecond) {
    throw new ConfigurationError("createSecond", "a shared backend is proven by a second instance over the same store");
  }
  return [
    ...identityChecks,
    ...valueChecks,
    ...expiryChecks,
    ...manyKeyChecks,
    ...conditionalSetChecks,
    ...scriptChecks,
    ...atomicityChecks,
    ...modelChecks,
    ...(capabilities.reach === "shared" ? sharingChecks : []),
    ...(capabilities.push ? messageChecks : []),
    ...(capabilities.push && disconnect ? gapChecks : []),
    ...abortChecks,
    ...(stall ? stallChecks : []),
    ...argumentErrorChecks,
    ...closingChecks,
  ];
}
