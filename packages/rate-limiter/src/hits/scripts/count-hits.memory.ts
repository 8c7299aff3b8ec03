import type { ScriptDefinition } from "@keyward/core";

/** Twin of `count-hits.lua`. */
export const countHitsInMemory: ScriptDefinition<never, unknown>["memory"] = (
  store,
  [key = ""],
  [windowMs, change],
) => {
  const { now } = store;
  const by = Number(change);
  const latest = now + Number(windowMs);
  const raw = store.get(key);
  const [, counted, ending] = /^(\d+) (\d+)$/.exec(raw ?? "") ?? [];
  if (raw !== null && counted === undefined) return [-1];
  const isCounting = counted !== undefined && Number(ending) > now;
  if (!isCounting && by < 1) return [0, 0];
  const ends = isCounting ? Math.min(Number(ending), latest) : latest;
  const count = Math.max(0, (isCounting ? Number(counted) : 0) + by);
  if (by !== 0) store.set(key, `${count} ${ends}`, ends - now);
  return [count, ends - now];
};
