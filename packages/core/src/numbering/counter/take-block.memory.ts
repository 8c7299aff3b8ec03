import type { ScriptDefinition } from "../../script/script.ts";
import type { ScriptStore } from "../../script/script-store.ts";
import { answer, Refused, whole } from "../scripts/fragments/foundation/values.memory.ts";
import { leastSkip, windowMs } from "../scripts/fragments/scope/guard.memory.ts";

const most = Number.MAX_SAFE_INTEGER;
const step = leastSkip / 2;

/** Twin of `take-block.lua`. */
export const takeBlockInMemory: ScriptDefinition<never, unknown>["memory"] = (store, [key = ""], [size]) =>
  answer(() => {
    const count = Number(size);
    const own = `n:${store.serverId}`;
    const known = whole(store.hashGet(key, own), "highest");
    if (known > most - count) throw new Refused("exhausted", "highest");
    const isNoted = known > 0 && Math.floor(known / step) !== Math.floor((known + count) / step);
    if (isNoted) notePace(store, key, known);
    const before = known > 0 ? known : takeOver(store, key, own, count);
    const last = before + count;
    store.hashSet(key, own, String(last));
    return ["ok", String(before + 1), String(last)];
  });

function takeOver(store: ScriptStore, key: string, own: string, count: number): number {
  const others = store.hashEntries(key).filter(([field]) => field !== "!pace" && field !== own);
  const highest = Math.max(0, ...others.map(([, value]) => whole(value, "highest")));
  if (others.length === 0 && count < step) return 0;
  let before = 0;
  if (others.length > 0) {
    const { previous } = readPace(store, key);
    before = highest + Math.min(Math.max(leastSkip, 2 * (highest - previous)), most);
  }
  if (before > most - count) throw new Refused("exhausted", "highest");
  store.hashSet(key, "!pace", `${Math.floor(store.now / windowMs)}:${before}:${before}`);
  for (const [field] of others) store.hashDelete(key, field);
  return before;
}

function notePace(store: ScriptStore, key: string, before: number): void {
  const known = readPace(store, key);
  const window = Math.floor(store.now / windowMs);
  if (window <= known.window) return;
  const since = before - (before % step);
  store.hashSet(key, "!pace", `${window}:${since}:${window === known.window + 1 ? known.start : since}`);
}

function readPace(store: ScriptStore, key: string) {
  const parts = /^(\d+):(\d+):(\d+)$/.exec(store.hashGet(key, "!pace") ?? "0:0:0");
  if (!parts) throw new Refused("corrupt", "!pace");
  const [window, start, previous] = parts.slice(1).map((part) => whole(part, "!pace")) as [number, number, number];
  return { window, start, previous };
}
