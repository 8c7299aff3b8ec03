import type { Original } from "../cipher.ts";
import { writeType } from "../message.ts";
import { encodedLength, writeOriginal } from "../original-codec.ts";
import { idBytes, ivBytes } from "../sealed-text.ts";
import type { CounterRange } from "./node-counter-mode.ts";

/**
 * Where in a shared buffer an original is worked on: the HMAC (the id, then the synthetic IV, which is the first counter),
 * the padded original (its range), its type.
 */
export interface Slot extends CounterRange {
  readonly id: number;
  /** Behind the type. The message is what stands from the range's beginning to here. */
  readonly messageEnd: number;
}

/** Originals side by side in one buffer, so that a call of many makes hardly any garbage. */
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
  // Zeros are the padding; and no pooled memory, which others could read later.
  const bytes = Buffer.alloc(next);
  contents.forEach(({ type }, index) => {
    writeType(type, bytes, list[index]!.end);
  });
  return { bytes, list };
}

/** The messages of these originals, each in its slot. */
export function createMessageSlots(originals: readonly Original[]): Slots {
  const slots = createSlots(originals.map(({ type, value }) => ({ type, paddedLength: encodedLength(value) })));
  originals.forEach(({ value }, index) => {
    writeOriginal(value, slots.bytes, slots.list[index]!.begin);
  });
  return slots;
}
