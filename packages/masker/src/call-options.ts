import { ConfigurationError, type OperationOptions, ownOptions } from "@keyward/core";
import type { HandleSource } from "./handle/open-handle.ts";
import type { OnUnmaskFailure } from "./without-store/on-backend-error.ts";

export interface ScopeOptions extends OperationOptions {
  /** @default the masker's scope */
  readonly scope?: string;
}

export interface MaskOptions extends ScopeOptions {
  /**
   * Tokens that this handle names and that stand in the text stay, and the new handle names them too: for text that was
   * stored masked. Without it whatever looks like a token is masked as a literal.
   */
  readonly keep?: HandleSource | readonly HandleSource[];
}

export interface UnmaskOptions extends ScopeOptions {
  /**
   * Restores whatever the scope holds, with null in the place of a handle: for text that nobody else could write. It
   * stands here, and not where the handle does, because that one often comes from a client.
   */
  readonly within?: "scope";
  /**
   * What becomes of tokens whose originals would have to be asked for while the store can't be: `"throw"` fails the call,
   * `"leave"` lets them stand and reports them as unavailable. What is known here, and what is sealed, is restored.
   *
   * @default "throw"
   */
  readonly onBackendError?: OnUnmaskFailure;
}

const common = ["scope", "timeoutMs", "signal"] as const satisfies readonly (keyof ScopeOptions)[];

/**
 * A copy of a call's own options; what else is in them is checked where it is used.
 *
 * @param further names of options that this call takes beside those that every call takes
 * @throws {ConfigurationError} for what isn't a call's options: a misspelt `scope` would be another scope
 */
export function readCallOptions<Options extends ScopeOptions>(
  options: Options,
  further: readonly Exclude<keyof Options, keyof ScopeOptions>[],
): Options {
  const own = ownOptions("options", options);
  const known: readonly unknown[] = [...common, ...further];
  for (const name of Object.keys(own)) {
    if (!known.includes(name)) {
      throw new ConfigurationError(name, `is no option of this call; there are: ${known.join(", ")}`);
    }
  }
  if (own.signal !== undefined && typeof own.signal?.throwIfAborted !== "function") {
    throw new ConfigurationError("signal", "takes an AbortSignal");
  }
  return own;
}
