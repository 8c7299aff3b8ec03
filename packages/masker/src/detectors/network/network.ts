import type { Detector } from "../../detection/detector.ts";
import { hosts } from "./hosts.ts";
import { ipv4 } from "./ipv4.ts";
import { ipv6 } from "./ipv6.ts";
import { mac } from "./mac.ts";

/**
 * Finds addresses and internal host names.
 *
 * Every address counts, private or public, including the loopback and `0.0.0.0`. Use an allow list for harmless ones.
 */
export function network(): readonly Detector[] {
  return [...ipv4(), ...ipv6(), ...mac(), ...hosts()];
}
