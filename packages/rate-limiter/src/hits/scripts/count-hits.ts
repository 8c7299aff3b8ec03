import { defineScript, type RawReply } from "@keyward/core";
import countHitsLua from "./count-hits.lua";
import { countHitsInMemory } from "./count-hits.memory.ts";

/** How often a key has been hit. */
export interface Hits {
  readonly count: number;
  /** Milliseconds until all of its hits are forgotten at once. */
  readonly resetMs: number;
}

export interface CountHitsArguments {
  readonly windowMs: number;
  /** 1 counts a hit, -1 takes one back, 0 only asks. */
  readonly by: 1 | 0 | -1;
}

/** Undefined if nothing was counted; `"unreadable"` if something else wrote to the key, which was then left untouched. */
export type CountHitsReply = Hits | undefined | "unreadable";

/** Counts a key's hits, never below 0 and never for good. Running it twice counts twice. */
export const countHits = defineScript<CountHitsArguments, CountHitsReply>({
  name: "count-hits",
  keys: ["hits"],
  args: ({ windowMs, by }) => [String(windowMs), String(by)],
  reply: readHits,
  lua: countHitsLua,
  memory: countHitsInMemory,
  retain: "while-room",
});

function readHits(raw: RawReply): CountHitsReply {
  const [count, resetMs] = Array.isArray(raw) ? raw : [];
  if (count === -1) return "unreadable";
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(resetMs)) {
    throw new TypeError("counting hits answers two whole numbers");
  }
  return resetMs === 0 ? undefined : { count, resetMs };
}
