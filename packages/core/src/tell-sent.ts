import type { BackendOperationOptions } from "./backend.ts";

/** Tells whoever counts that a command is sent; what is thrown there can't keep it from being sent. For backends. */
export function tellSent(onSent: BackendOperationOptions["onSent"]): void {
  try {
    onSent?.(1);
  } catch {
    // A count that fails is the counter's problem.
  }
}
