import { Refused, whole } from "../foundation/values.memory.ts";
import type { Highest } from "./highest.memory.ts";

/** For each index name, the highest number of each type that it may miss. A name is complete if there are none. */
export type Indexes = Map<string, Map<string, number>>;

export function readIndexes(stored: string): Indexes {
  const indexes: Indexes = new Map();
  for (const part of stored.split(";").filter((text) => text !== "")) {
    const [, name, equals, lacks = ""] = /^([A-Za-z0-9_-]+)(=?)(.*)$/s.exec(part) ?? [];
    if (name === undefined || (equals === "") !== (lacks === "") || indexes.has(name)) throw corrupt();
    indexes.set(name, new Map(lacks.split(",").flatMap(readPair)));
  }
  return indexes;
}

function readPair(pair: string): [type: string, number: number][] {
  if (pair === "") return [];
  const [, type, number] = /^([A-Z][A-Z0-9_]*):(\d+)$/.exec(pair) ?? [];
  if (type === undefined || number === undefined) throw corrupt();
  return [[type, whole(number, "!index")]];
}

function corrupt(): Refused {
  return new Refused("corrupt", "!index");
}

export function writeIndexes(indexes: Indexes): string {
  const parts = [...indexes].map(([name, lacks]) => {
    const numbers = [...lacks].map(([type, number]) => `${type}:${number}`);
    return numbers.length === 0 ? name : `${name}=${numbers.join(",")}`;
  });
  return parts.join(";");
}

export function raiseLacks(lacks: Map<string, number>, types: Iterable<string>, highest: Highest): void {
  for (const type of types) lacks.set(type, Math.max(lacks.get(type) ?? 0, highest.get(type) ?? 0));
}

export function carriesComplete(indexes: Indexes, names: readonly string[]): boolean {
  return indexes.size === 0 || names.some((name) => indexes.get(name)?.size === 0);
}
