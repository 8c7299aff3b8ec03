import { ConfigurationError, type KeyValueBackend } from "@keyward/core";
import type { MasterKeys } from "../encryption/encryption-options.ts";

/**
 * What becomes of a new value that the store can't number: `"seal"` gives it a token that holds it, sealed under the first
 * key; `"throw"` refuses the text.
 */
export type OnMaskFailure = "seal" | "throw";

/**
 * What becomes of a token whose original the store can't be asked for: `"throw"` fails the call, `"leave"` lets the token
 * stand and reports it as unavailable.
 */
export type OnUnmaskFailure = "throw" | "leave";

/** @throws {ConfigurationError} for a choice that can't be kept, or leaves nothing to work with. */
export function resolveOnMaskFailure(
  choice: OnMaskFailure | undefined,
  keys: MasterKeys | undefined,
  backend: KeyValueBackend,
): OnMaskFailure {
  if (choice !== undefined && choice !== "seal" && choice !== "throw") {
    throw new ConfigurationError("onBackendError", 'takes "seal" or "throw"');
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

/** @throws {ConfigurationError} for what is none. */
export function resolveOnUnmaskFailure(choice: OnUnmaskFailure | undefined): OnUnmaskFailure {
  if (choice === undefined || choice === "throw") return "throw";
  if (choice === "leave") return choice;
  throw new ConfigurationError("onBackendError", 'takes "throw" or "leave"');
}
