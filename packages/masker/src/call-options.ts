import { ConfigurationError, type OperationOptions, ownOptions } from "@keyward/core";
import type { HandleSource } from "./handle/open-handle.ts";
import type { OnUnmaskFailure } from "./without-store/on-backend-error.ts";

export interface ScopeOptions extends OperationOptions {
  /** @default the masker's scope */
  readonly scope?: string;
}

export interface MaskOptions extends ScopeOptions {
  /**
   * For text that was stored masked: tokens in the text that this handle names stay, and the new handle names them too.
   * Without `keep`, anything that looks like a token is masked as a literal.
   */
  readonly keep?: HandleSource | readonly HandleSource[];
}

export interface UnmaskOptions extends ScopeOptions {
  /**
   * Restores every token of the scope; pass null as the handle. Use it only for text that nobody else could have written.
   *
   * It is an option of its own, because handles often come from clients: nothing that a client sends as a handle can open
   * the whole scope.
   */
  readonly within?: "scope";
  /**
   * What to do with tokens that only the store can resolve while it can't be reached. `"throw"` fails the call. `"leave"`
   * leaves them in the text and reports them as unavailable. Known values and sealed tokens are restored either way.
   *
   * @default "throw"
   */
  readonly onBackendError?: OnUnmaskFailure;
}

const common = ["scope", "timeoutMs", "signal"] as const satisfies readonly (keyof ScopeOptions)[];

/**
 * Copies a call's own options, and checks their names and the signal. The other values are checked where they are used.
 *
 * @param further the options of this call besides those that every call takes
 * @throws {ConfigurationError} for an unknown option: with a misspelt `scope` the call would use the wrong scope
 */
export function readCallOptions<Options extends ScopeOptions>(
  options: Options,
  further: readonly Exclude<keyof Options, keyof ScopeOptions>[],
): Options {
  const own = ownOptions("options", options, [...common, ...further]);
  if (own.signal !== undefined && typeof own.signal?.throwIfAborted !== "function") {
    throw new ConfigurationError("signal", "must be an AbortSignal");
  }
  return own;
}
