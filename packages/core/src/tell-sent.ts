import type { BackendOperationOptions } from "./backend.ts";

/** Tells whoever counts commands that one is being sent. What they throw can't stop it. For backends. */
export function tellSent(onSent: BackendOperationOptions["onSent"]): void {
  try {
    onSent?.(1);
  } catch {
    // A counter that fails is the counter's problem.
  }
}
