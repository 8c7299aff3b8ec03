import { hashTagOf } from "@keyward/core";

/** Keys that one command may name on a Cluster, and the position of each among all keys. */
export interface SlotGroup {
  readonly keys: string[];
  readonly places: number[];
}

/** Splits keys by their hash tags, in the order of first appearance. */
export function slotGroups(keys: readonly string[]): SlotGroup[] {
  const groups = new Map<string, SlotGroup>();
  for (const [place, key] of keys.entries()) {
    const tag = hashTagOf(key);
    const group = groups.get(tag) ?? { keys: [], places: [] };
    groups.set(tag, group);
    group.keys.push(key);
    group.places.push(place);
  }
  return [...groups.values()];
}
