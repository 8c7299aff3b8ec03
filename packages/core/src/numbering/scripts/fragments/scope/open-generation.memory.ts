import { type Field, writeFields } from "../foundation/values.memory.ts";
import type { Generation, Scope } from "./generations.memory.ts";
import type { Highest } from "./highest.memory.ts";
import type { Life } from "./life.memory.ts";

/** Twin of `openGeneration`. Returns the target as it is from now on. */
export function openGeneration(scope: Scope, life: Life, index: string, highest: Highest, writes: Field[]): Generation {
  const { store, ttl, newest, target } = scope;
  const { now } = store;
  for (const key of newest.live ? [target.key] : scope.keys) store.delete(key);
  if (scope.due) {
    store.hashSet(newest.key, "!life", "0:0");
    if (ttl > 0 && (newest.deadline === 0 || newest.deadline > now + ttl)) {
      store.hashSet(newest.key, "!gen", `${newest.start}:${newest.period}:${now + ttl}`);
      store.expire(newest.key, ttl);
    }
  }
  const deadline = ttl > 0 ? now + 2 * ttl : 0;
  const types = [...highest.keys()].join(",");
  writes.push(["!gen", `${now}:${ttl}:${deadline}`], ["!life", `${life.epoch}:${life.born}`]);
  if (index !== "") writes.push(["!index", index]);
  if (types !== "") writes.push(["!types", types]);
  for (const [type, number] of highest) writes.push([`h${type}`, String(number)]);
  return { ...life, key: target.key, index, types, live: true, start: now, period: ttl, deadline };
}

/** Twin of `writeTarget`. */
export function writeTarget({ store, opening, ttl }: Scope, target: Generation, writes: readonly Field[]): void {
  writeFields(store, target.key, writes);
  if (opening && ttl > 0) store.expire(target.key, 2 * ttl);
}

/** Twin of `remaining`. */
export function remaining({ store, ttl }: Scope, target: Generation): string {
  const own = ttl > 0 ? target.start + 2 * ttl : 0;
  const deadline = own > 0 && (target.deadline === 0 || own < target.deadline) ? own : target.deadline;
  return deadline > 0 ? String(deadline - store.now) : "";
}

/** Twin of `repeatHighest`. */
export function repeatHighest({ target }: Scope, life: Life, highest: Highest, writes: Field[]): void {
  const listed = target.types.split(",");
  const unlisted = [...highest.keys()].filter((type) => !listed.includes(type));
  for (const [type, number] of highest) writes.push([`h${type}`, String(number)]);
  if (target.epoch !== life.epoch || target.born !== life.born) writes.push(["!life", `${life.epoch}:${life.born}`]);
  if (unlisted.length > 0)
    writes.push(["!types", (target.types === "" ? "" : `${target.types},`) + unlisted.join(",")]);
}
