import type { CodeUnits } from "./code-units.ts";

/** The units as bytes that can be read four at a time from any place. */
export function memoryOf(units: CodeUnits): DataView {
  return new DataView(units.buffer, units.byteOffset, units.byteLength);
}

/** Hashes four bytes at a time, because each multiplication has to wait for the one before it. */
export function hashBytes(memory: DataView, from: number, length: number, seed: number): number {
  const end = from + length;
  let hash = seed ^ length;
  let at = from;
  for (; at <= end - 4; at += 4) {
    hash = Math.imul(hash ^ memory.getInt32(at, true), 0x9e37_79b1);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ memory.getUint8(at), 0x9e37_79b1);
  return hash ^ (hash >>> 15);
}

/** How many bytes are the same at both places before one differs, at most `length`. */
export function countSameBytes(memory: DataView, one: number, other: number, length: number): number {
  let at = 0;
  while (at <= length - 4 && memory.getInt32(one + at, true) === memory.getInt32(other + at, true)) at += 4;
  while (at < length && memory.getUint8(one + at) === memory.getUint8(other + at)) at++;
  return at;
}
