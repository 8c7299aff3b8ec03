import type { Detector } from "../../detection/detector.ts";
import { hosts } from "./hosts.ts";
import { ipv4 } from "./ipv4.ts";
import { ipv6 } from "./ipv6.ts";
import { mac } from "./mac.ts";

/**
 * Addresses and internal host names.
 *
 * Every address is a value, private and public ones, the loopback and `0.0.0.0` too: an allow list is the place to say
 * which ones tell nobody anything.
 */
export function network(): readonly Detector[] {
  return [...ipv4(), ...ipv6(), ...mac(), ...hosts()];
}
