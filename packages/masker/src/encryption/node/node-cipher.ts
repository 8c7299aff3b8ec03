import type { Opened, ScopeCipher, SealedOriginal } from "../cipher.ts";
import { decodeOriginal } from "../original-codec.ts";
import type { ScopeKey, ScopeKeys } from "../scope-keys.ts";
import { byteLengthOf, idBytes, ivBytes, readSealed, writeSealed } from "../sealed-text.ts";
import { type CounterMode, createNodeCounterMode } from "./node-counter-mode.ts";
import type { NodeCrypto } from "./node-crypto.ts";
import { createNodeHmac, type Hmac } from "./node-hmac.ts";
import { createNodeSealCipher } from "./node-seal-cipher.ts";
import { createMessageSlots, createSlots, type Slot } from "./node-slots.ts";

interface NodeKey {
  readonly name: string;
  readonly hmac: Hmac;
  readonly counterMode: CounterMode;
}

/** Originals sealed under one key, with their places in the list that was given. */
interface Batch {
  readonly places: number[];
  readonly contents: { readonly type: string; readonly box: string; readonly paddedLength: number }[];
}

/**
 * The cipher over Node's crypto. A call with many originals costs little more than their hashes, see
 * {@link createNodeCounterMode} and {@link createNodeHmac}.
 */
export function createNodeCipher(node: NodeCrypto, keys: ScopeKeys): ScopeCipher {
  const known = new Map<ScopeKey, NodeKey>();
  for (const key of new Set([...keys.indexKeys, ...keys.sealingKeys])) {
    const hmac = createNodeHmac(node, key.prf);
    known.set(key, { name: key.name, hmac, counterMode: createNodeCounterMode(node, key.encryption) });
  }
  const indexKeys = keys.indexKeys.map((key) => known.get(key)!);
  const sealingKeys = new Map(keys.sealingKeys.map((key) => [key.name, known.get(key)!]));
  const sealingKey = known.get(keys.sealingKeys[0]!)!;

  return {
    indexNames: indexKeys.map(({ name }) => name),
    index(originals) {
      const { bytes, list } = createMessageSlots(originals);
      return list.map((slot) => indexKeys.map((key) => idOf(bytes, slot, hmacOf(key, bytes, slot))));
    },
    seal(originals) {
      const { bytes, list } = createMessageSlots(originals);
      const ids = list.map((slot) => {
        const hmac = hmacOf(sealingKey, bytes, slot);
        const own = indexKeys.map((key) => idOf(bytes, slot, key === sealingKey ? hmac : hmacOf(key, bytes, slot)));
        bytes.write(hmac, slot.id, "binary");
        return own;
      });
      sealingKey.counterMode(bytes, list);
      return originals.map(({ type }, index): SealedOriginal => {
        const box = bytes.toString("base64url", list[index]!.counter, list[index]!.end);
        return { type, ids: ids[index]!, value: writeSealed({ keyName: sealingKey.name, box }) };
      });
    },
    open(sealed) {
      const opened = sealed.map((): Opened => ({ status: "corrupt" }));
      const batches = new Map<NodeKey, Batch>();
      sealed.forEach(({ type, text }, place) => {
        const parts = readSealed(text);
        if (parts === undefined) return;
        const key = sealingKeys.get(parts.keyName);
        if (key === undefined) {
          opened[place] = { status: "unknown-key" };
          return;
        }
        const batch = batches.get(key) ?? { places: [], contents: [] };
        batches.set(key, batch);
        batch.places.push(place);
        batch.contents.push({ type, box: parts.box, paddedLength: byteLengthOf(parts.box) - ivBytes });
      });
      for (const [key, { places, contents }] of batches) {
        openBatch(key, contents).forEach((value, index) => {
          if (value !== undefined) opened[places[index]!] = { status: "opened", value };
        });
      }
      return opened;
    },
    authenticators: keys.indexKeys.map(({ handle }) => {
      const secret = node.createSecretKey(handle);
      return (bytes) => node.createHmac("sha256", secret).update(bytes).digest();
    }),
    seals: createNodeSealCipher([...sealingKeys.values()]),
  };
}

function hmacOf({ hmac }: NodeKey, bytes: Buffer, { begin, messageEnd }: Slot): string {
  return hmac(bytes, begin, messageEnd);
}

/** Writes the HMAC into the slot and reads its id from there. */
function idOf(bytes: Buffer, { id }: Slot, hmac: string): string {
  bytes.write(hmac, id, "binary");
  return bytes.toString("base64url", id, id + idBytes);
}

/** @returns the originals; undefined for one that isn't as it was sealed */
function openBatch(key: NodeKey, contents: Batch["contents"]): readonly (string | undefined)[] {
  const { bytes, list } = createSlots(contents);
  const isReadable = contents.map(({ box }, index) => {
    const { counter, end } = list[index]!;
    bytes.write(box, counter, end - counter, "base64url");
    // Node skips characters that aren't base64url, so several texts would decode to the same bytes.
    return bytes.toString("base64url", counter, end) === box;
  });
  key.counterMode(bytes, list);
  return list.map((slot, index) => {
    if (!isReadable[index] || !hasIv(bytes, slot, hmacOf(key, bytes, slot))) return undefined;
    return decodeOriginal(bytes.subarray(slot.begin, slot.end));
  });
}

/** Compares in constant time. */
function hasIv(bytes: Buffer, { counter }: Slot, hmac: string): boolean {
  let difference = 0;
  for (let index = 0; index < ivBytes; index++) {
    difference |= bytes[counter + index]! ^ hmac.charCodeAt(idBytes + index);
  }
  return difference === 0;
}
