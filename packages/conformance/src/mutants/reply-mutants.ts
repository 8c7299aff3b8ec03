import type { RawReply } from "@keyward/core";
import { replyMutant, type ScriptMutant } from "./script-mutant.ts";

/** Defects in the reply, for any script that replies with a list. */
export const replyMutants: readonly ScriptMutant[] = [
  replyMutant("numbers are answered as text", (raw) => eachItem(raw, (item) => (item === null ? null : String(item)))),
  replyMutant("numbers are 1 too high", (raw) => eachItem(raw, (item) => (typeof item === "number" ? item + 1 : item))),
  replyMutant("the list is answered backwards", (raw) => (Array.isArray(raw) ? [...raw].reverse() : raw)),
  replyMutant("the last item is left out", (raw) => (Array.isArray(raw) ? raw.slice(0, -1) : null)),
  replyMutant("nothing is answered", () => null),
];

type Item = string | number | null;

function eachItem(raw: RawReply, change: (item: Item) => Item): RawReply {
  return typeof raw === "object" && raw !== null ? raw.map(change) : change(raw);
}
