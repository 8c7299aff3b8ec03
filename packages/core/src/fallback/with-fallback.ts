import { checkBackend } from "../arguments/argument-checks.ts";
import type { KeyValueBackend } from "../backend.ts";
import { attachAsyncDisposal } from "../runtime/async-disposal.ts";
import { DegradingBackend } from "./degrading-backend.ts";
import { type FallbackOptions, resolveFallbackOptions } from "./fallback-options.ts";
import type { BackendHealth, FallbackMode } from "./health.ts";
import { OffBackend } from "./off-backend.ts";
import type { RecoveryHook } from "./recovery.ts";

/** A backend that keeps serving without its store, as far as each operation allows. */
export interface FallbackBackend extends KeyValueBackend {
  readonly mode: FallbackMode;
  health(): BackendHealth;
  /** Adds a hook that is called after each outage. Returns a function that removes it. */
  onRecovery(hook: RecoveryHook): () => void;
}

/**
 * Keeps an app serving while its store is away: operations whose `degrade` allows it are answered from memory, and all others
 * fail at once instead of waiting.
 *
 * A store counts as away after five failures in a row, of all calls or of one kind of write that it refuses, or when more than
 * 1 % of at least 100 calls within 30 s fail. It is probed every 1 to 30 s and used again after five successes. What may have
 * been applied on the primary is never sent to it again. Closing this backend closes the primary, too.
 *
 * @param primary the store, or `"off"` for one that is switched off: then nothing connects, and what may not be degraded fails
 * @throws {ConfigurationError} if the primary or an option can't be used.
 * @example
 * ```ts
 * const backend = withFallback(createMemoryBackend(), { observer: (event) => console.warn(event.type) });
 * await backend.set("limit:user-7", "1", { ttlMs: 60_000, degrade: "local" });
 * ```
 */
export function withFallback(primary: KeyValueBackend | "off", options: FallbackOptions = {}): FallbackBackend {
  if (primary !== "off") checkBackend("primary", primary);
  const resolved = resolveFallbackOptions(options);
  const backend = primary === "off" ? new OffBackend(resolved.fallback()) : new DegradingBackend(primary, resolved);
  return attachAsyncDisposal<FallbackBackend>(backend);
}
