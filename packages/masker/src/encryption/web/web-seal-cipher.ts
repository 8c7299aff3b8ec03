import { areEqualBytes } from "../../encoding/base64-url.ts";
import { sealIvBytes } from "../../sealed-tokens/seal-layout.ts";
import { compactLength, readCompact, writeCompact } from "../compact-original.ts";
import { writeType } from "../message.ts";
import type { Original } from "../original.ts";
import type { Seal, SealCipher } from "../seal-cipher.ts";
import type { WebCounterMode } from "./web-counter-mode.ts";

const blockBytes = 16;

interface SealKey {
  readonly sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
  readonly counterMode: WebCounterMode;
}

/** Gives and opens the same seals as the one over Node's crypto. */
export function createWebSealCipher(keys: readonly SealKey[]): SealCipher {
  const seal = async ({ type, value }: Original): Promise<Uint8Array> => {
    const { sign, counterMode } = keys[0]!;
    const message = createMessage(type, compactLength(value));
    const begin = type.length + 1;
    writeCompact(value, message, begin);
    const counter = counterOf(await sign(message));
    const sealed = new Uint8Array(sealIvBytes + message.length - begin);
    sealed.set(counter.subarray(0, sealIvBytes));
    sealed.set(await counterMode(counter, message.subarray(begin)), sealIvBytes);
    return sealed;
  };

  const open = async ({ type, bytes }: Seal): Promise<string | undefined> => {
    const counter = counterOf(bytes);
    for (const { sign, counterMode } of keys) {
      const original = await counterMode(counter, Uint8Array.from(bytes.subarray(sealIvBytes)));
      const message = createMessage(type, original.length);
      message.set(original, type.length + 1);
      if (areEqualBytes(counterOf(await sign(message)), counter)) return readCompact(original);
    }
    return undefined;
  };

  return {
    seal: (originals) => Promise.all(originals.map(seal)),
    open: (seals) => Promise.all(seals.map(open)),
  };
}

function createMessage(type: string, length: number): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(type.length + 1 + length);
  writeType(type, message, 0);
  return message;
}

/** The first counter block: the synthetic IV at the start of `bytes`, and zeros. */
function counterOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const counter = new Uint8Array(blockBytes);
  counter.set(bytes.subarray(0, sealIvBytes));
  return counter;
}
