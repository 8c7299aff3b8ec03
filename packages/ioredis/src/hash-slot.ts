import { hashTagOf } from "@keyward/core";

const slots = 16_384;
const encoder = new TextEncoder();

/** CRC-16 of the XMODEM kind (polynomial 0x1021), a table step for each byte. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/** The slot of a Redis Cluster that a key belongs to, as the Cluster specification defines it. */
export function hashSlot(key: string): number {
  let crc = 0;
  for (const byte of encoder.encode(hashTagOf(key))) {
    crc = ((crc << 8) ^ (table[((crc >> 8) ^ byte) & 0xff] as number)) & 0xffff;
  }
  return crc % slots;
}
