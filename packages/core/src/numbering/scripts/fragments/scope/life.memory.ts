import { whole } from "../foundation/values.memory.ts";
import type { Scope } from "./generations.memory.ts";

/** Twin of `life.lua`. */
export interface Life {
  readonly epoch: number;
  readonly born: number;
}

/** `isLost` says that the counters say nothing. */
export function lifeOf({ store, counters, newest }: Scope): Life & { readonly isLost: boolean } {
  const epoch = whole(store.hashGet(counters, "!epoch"), "!epoch");
  const born = whole(store.hashGet(counters, "!born"), "!born");
  if (!newest.live) return { epoch, born, isLost: epoch === 0 };
  return { epoch: Math.max(epoch, newest.epoch), born: born === 0 ? newest.born : born, isLost: epoch === 0 };
}

export function readLife(scope: Scope): Life {
  const { newest } = scope;
  return newest.live && newest.born > 0 ? { epoch: newest.epoch, born: newest.born } : lifeOf(scope);
}
