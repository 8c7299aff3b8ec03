import { defineScript, type RawReply } from "@keyward/core";
import countHitsLua from "./count-hits.lua";
import { countHitsInMemory } from "./count-hits.memory.ts";

/** What a key has been hit so far. */
export interface Hits {
  readonly count: number;
  /** Milliseconds until they are forgotten, all at once. */
  readonly resetMs: number;
}

export interface CountHitsArguments {
  readonly windowMs: number;
  /** 1 counts a hit, -1 takes one back, 0 only asks. */
  readonly by: 1 | 0 | -1;
}

/** Undefined where nothing was counted; `"unreadable"` if something else wrote under the key, and it was left alone. */
export type CountHitsReply = Hits | undefined | "unreadable";

/** Counts a key's hits, never below 0 and never without an end. Running it twice counts twice. */
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
