import type { Generation, Scope } from "./generations.memory.ts";
import type { Highest } from "./highest.memory.ts";
import { type Field, writeFields } from "./values.memory.ts";

/** Twin of `openGeneration`; gives the target as it is from now on. */
export function openGeneration(scope: Scope, born: number, index: string, highest: Highest): Generation {
  const { store, ttl, newest, target } = scope;
  const { now } = store;
  store.delete(target.key);
  if (!newest.live) store.delete(scope.keys[1]);
  if (scope.due && ttl > 0 && (newest.deadline === 0 || newest.deadline > now + ttl)) {
    store.hashSet(newest.key, "!gen", `${newest.start}:${newest.period}:${now + ttl}`);
    store.expire(newest.key, ttl);
  }
  if (scope.due) store.hashSet(newest.key, "!born", "0");
  const deadline = ttl > 0 ? now + 2 * ttl : 0;
  const fields: Field[] = [
    ["!gen", `${now}:${ttl}:${deadline}`],
    ["!born", String(born)],
  ];
  if (index !== "") fields.push(["!index", index]);
  if (highest.size > 0) fields.push(["!types", [...highest.keys()].join(",")]);
  for (const [type, number] of highest) fields.push([`h${type}`, String(number)]);
  writeFields(store, target.key, fields);
  if (ttl > 0) store.expire(target.key, 2 * ttl);
  return { key: target.key, index, born, live: true, start: now, period: ttl, deadline };
}

/** Twin of `remaining`. */
export function remaining({ store, ttl }: Scope, target: Generation): string {
  const own = ttl > 0 ? target.start + 2 * ttl : 0;
  const deadline = own > 0 && (target.deadline === 0 || own < target.deadline) ? own : target.deadline;
  return deadline > 0 ? String(deadline - store.now) : "";
}

/** Twin of `repeatHighest`. */
export function repeatHighest({ store, target }: Scope, born: number, highest: Highest, writes: Field[]): void {
  const unlisted = [...highest.keys()].filter((type) => store.hashGet(target.key, `h${type}`) === null);
  for (const [type, number] of highest) writes.push([`h${type}`, String(number)]);
  if (target.born !== born) writes.push(["!born", String(born)]);
  if (unlisted.length === 0) return;
  const listed = store.hashGet(target.key, "!types");
  writes.push(["!types", (listed === null ? "" : `${listed},`) + unlisted.join(",")]);
}
