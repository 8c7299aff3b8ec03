import { writeType } from "../message.ts";
import type { Original } from "../original.ts";
import { encodedLength, writeOriginal } from "../original-codec.ts";
import { idBytes, ivBytes } from "../sealed-text.ts";
import type { CounterRange } from "./node-counter-mode.ts";

/**
 * An original's part of a shared buffer: the HMAC (the id, then the synthetic IV, which is the first counter block), the
 * padded original (the range) and the type.
 */
export interface Slot extends CounterRange {
  readonly id: number;
  /** Where the type ends. The message goes from `begin` to here. */
  readonly messageEnd: number;
}

/** Originals side by side in one buffer, so that a call with many of them makes hardly any garbage. */
export interface Slots {
  readonly bytes: Buffer;
  readonly list: readonly Slot[];
}

export function createSlots(contents: readonly { readonly type: string; readonly paddedLength: number }[]): Slots {
  let next = 0;
  const list = contents.map(({ type, paddedLength }): Slot => {
    const id = next;
    const counter = id + idBytes;
    const begin = counter + ivBytes;
    const end = begin + paddedLength;
    next = end + type.length;
    return { id, counter, begin, end, messageEnd: next };
  });
  // The padding has to be zeros. `alloc` also avoids pooled memory, which other code could read later.
  const bytes = Buffer.alloc(next);
  contents.forEach(({ type }, index) => {
    writeType(type, bytes, list[index]!.end);
  });
  return { bytes, list };
}

/** Writes the message of each original into its slot. */
export function createMessageSlots(originals: readonly Original[]): Slots {
  const slots = createSlots(originals.map(({ type, value }) => ({ type, paddedLength: encodedLength(value) })));
  originals.forEach(({ value }, index) => {
    writeOriginal(value, slots.bytes, slots.list[index]!.begin);
  });
  return slots;
}
