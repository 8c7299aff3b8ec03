import { sealIvBytes } from "../../sealed-tokens/seal-layout.ts";
import { compactLength, readCompact, writeCompact } from "../compact-original.ts";
import { writeType } from "../message.ts";
import type { Seal, SealCipher } from "../seal-cipher.ts";
import type { CounterMode, CounterRange } from "./node-counter-mode.ts";
import type { Hmac } from "./node-hmac.ts";

const blockBytes = 16;

/** A seal's part of a shared buffer: the counter block, the type and a zero byte, the compact original. */
interface Slot extends CounterRange {
  readonly message: number;
  /** Where the original ends. The range continues to the end of its last block. */
  readonly originalEnd: number;
}

interface SealKey {
  readonly hmac: Hmac;
  readonly counterMode: CounterMode;
}

/** @param keys the first one seals, and every one of them opens */
export function createNodeSealCipher(keys: readonly SealKey[]): SealCipher {
  return {
    seal(originals) {
      const lengths = originals.map(({ value }) => compactLength(value));
      const { bytes, slots } = layOut(originals.map(({ type }, index) => ({ type, length: lengths[index]! })));
      const { hmac, counterMode } = keys[0]!;
      slots.forEach(({ message, begin, originalEnd, counter }, index) => {
        writeCompact(originals[index]!.value, bytes, begin);
        bytes.write(hmac(bytes, message, originalEnd).slice(0, sealIvBytes), counter, "binary");
      });
      counterMode(bytes, slots);
      return slots.map(({ counter, begin, originalEnd }) => {
        const seal = new Uint8Array(sealIvBytes + originalEnd - begin);
        seal.set(bytes.subarray(counter, counter + sealIvBytes));
        seal.set(bytes.subarray(begin, originalEnd), sealIvBytes);
        return seal;
      });
    },
    open(seals) {
      const opened: (string | undefined)[] = seals.map(() => undefined);
      let places = [...seals.keys()];
      for (const key of keys) {
        const texts = openUnder(
          key,
          places.map((place) => seals[place]!),
        );
        places.forEach((place, index) => {
          opened[place] = texts[index];
        });
        places = places.filter((place) => opened[place] === undefined);
        if (places.length === 0) break;
      }
      return opened;
    },
  };
}

function openUnder({ hmac, counterMode }: SealKey, seals: readonly Seal[]): readonly (string | undefined)[] {
  const { bytes, slots } = layOut(
    seals.map((seal) => ({ type: seal.type, length: Math.max(0, seal.bytes.length - sealIvBytes) })),
  );
  slots.forEach(({ counter, begin }, index) => {
    const seal = seals[index]!.bytes;
    bytes.set(seal.subarray(0, sealIvBytes), counter);
    bytes.set(seal.subarray(sealIvBytes), begin);
  });
  counterMode(bytes, slots);
  return slots.map((slot) => {
    const { message, originalEnd, counter, begin } = slot;
    return hasIv(bytes, counter, hmac(bytes, message, originalEnd))
      ? readCompact(bytes.subarray(begin, originalEnd))
      : undefined;
  });
}

function layOut(contents: readonly { readonly type: string; readonly length: number }[]): {
  readonly bytes: Buffer;
  readonly slots: readonly Slot[];
} {
  let next = 0;
  const slots = contents.map(({ type, length }): Slot => {
    const counter = next;
    const message = counter + blockBytes;
    const begin = message + type.length + 1;
    next = begin + Math.ceil(length / blockBytes) * blockBytes;
    return { counter, message, begin, originalEnd: begin + length, end: next };
  });
  // The padding has to be zeros. `alloc` also avoids pooled memory, which other code could read later.
  const bytes = Buffer.alloc(next);
  contents.forEach(({ type }, index) => {
    writeType(type, bytes, slots[index]!.message);
  });
  return { bytes, slots };
}

/** Compares in constant time. */
function hasIv(bytes: Buffer, counter: number, hmac: string): boolean {
  let difference = 0;
  for (let index = 0; index < sealIvBytes; index++) difference |= bytes[counter + index]! ^ hmac.charCodeAt(index);
  return difference === 0;
}
