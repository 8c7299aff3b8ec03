import { ConfigurationError, type KeyValueBackend } from "@keyward/core";
import type { MasterKeys } from "../encryption/encryption-options.ts";

/**
 * What to do with a new value that the store can't number. `"seal"` makes a token that holds the value itself, sealed under
 * the first key. `"throw"` refuses the text.
 */
export type OnMaskFailure = "seal" | "throw";

/**
 * What to do with a token that only the store can resolve while it can't be reached. `"throw"` fails the call. `"leave"`
 * leaves the token in the text and reports it as unavailable.
 */
export type OnUnmaskFailure = "throw" | "leave";

/** @throws {ConfigurationError} for an unknown choice, or one that can't work with these keys and this backend. */
export function resolveOnMaskFailure(
  choice: OnMaskFailure | undefined,
  keys: MasterKeys | undefined,
  backend: KeyValueBackend,
): OnMaskFailure {
  if (choice !== undefined && choice !== "seal" && choice !== "throw") {
    throw new ConfigurationError("onBackendError", 'must be "seal" or "throw"');
  }
  if (choice === "seal" && keys === undefined) {
    throw new ConfigurationError("onBackendError", '"seal" needs a key to seal with; give encryption: { keys: [...] }');
  }
  const resolved = choice ?? (keys === undefined ? "throw" : "seal");
  if (resolved === "throw" && backend.capabilities.reach === "off") {
    throw new ConfigurationError(
      "backend",
      'the store is switched off, so no value can get a number; give encryption: { keys: [...] } and onBackendError: "seal", ' +
        "or pass createMemoryBackend() to number within this process",
    );
  }
  return resolved;
}

/** @throws {ConfigurationError} for an unknown choice. */
export function resolveOnUnmaskFailure(choice: OnUnmaskFailure | undefined): OnUnmaskFailure {
  if (choice === undefined || choice === "throw") return "throw";
  if (choice === "leave") return choice;
  throw new ConfigurationError("onBackendError", 'must be "throw" or "leave"');
}
