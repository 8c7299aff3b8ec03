import type { ScriptStore } from "../../../../script/script-store.ts";
import { Refused, whole } from "../foundation/values.memory.ts";

export const windowMs = 2_000;
export const leastSkip = 1_000;

/** Twin of `!guard`: how many numbers the latest window and the one before it gave out, on which server, and the floor. */
export interface Guard {
  readonly window: number;
  readonly current: number;
  readonly previous: number;
  readonly server: string;
  readonly floor: number;
}

export function readGuard(stored: string | null): Guard | null {
  if (stored === null) return null;
  const parts = /^(\d+):(\d+):(\d+):([A-Za-z0-9]*):(\d+)$/.exec(stored);
  if (!parts) throw new Refused("corrupt", "!guard");
  const [window, current, previous] = parts.slice(1, 4).map((part) => whole(part, "!guard")) as [
    number,
    number,
    number,
  ];
  return { window, current, previous, server: parts[4] ?? "", floor: whole(parts[5] ?? null, "!guard") };
}

export function skipAfter(guard: Guard | null, server: string): number {
  if (guard === null || guard.server === server) return 0;
  return Math.min(Math.max(leastSkip, 2 * (guard.current + guard.previous)), Number.MAX_SAFE_INTEGER);
}

export function floorAfter(guard: Guard | null, server: string): number {
  return Math.max(guard?.floor ?? 0, skipAfter(guard, server));
}

export function nextGuard(guard: Guard | null, store: ScriptStore, count: number): string {
  let [window, current, previous] = [Math.floor(store.now / windowMs), count, 0];
  if (guard && window <= guard.window) {
    [window, current, previous] = [guard.window, guard.current + count, guard.previous];
  } else if (guard && window === guard.window + 1) {
    previous = guard.current;
  }
  const { serverId } = store;
  return `${window}:${Math.min(current, Number.MAX_SAFE_INTEGER)}:${previous}:${serverId}:${floorAfter(guard, serverId)}`;
}
