import type { RawReply } from "@keyward/core";

/** How many hold a slot and how many wait for one. */
export interface SlotCounts {
  readonly held: number;
  readonly waiting: number;
}

/** Something else, or a newer version, wrote to the key. It was left untouched. */
export interface Unreadable {
  readonly status: "unreadable";
}

export function isUnreadable(raw: RawReply): boolean {
  return Array.isArray(raw) && raw[0] === 3;
}

export function countsOf(counts: readonly unknown[]): SlotCounts {
  const [held, waiting] = counts as [number, number];
  if (counts.length !== 2 || !counts.every(Number.isSafeInteger)) {
    throw new TypeError("how many hold and how many wait are two whole numbers");
  }
  return { held, waiting };
}
