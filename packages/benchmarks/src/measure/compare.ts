import type { Result } from "../benchmark.ts";
import type { Measured } from "./interleave.ts";
import { median } from "./median.ts";

/**
 * Speeds of the first subject beside each of the others, one result a peer.
 *
 * The ratio is the median of the rounds' own ratios: both samples of a round saw the same machine.
 *
 * @param amount of work in one run, in the numerator of `unit`, so that `amount / seconds` is the speed
 */
export function compareSpeeds(name: string, unit: string, amount: number, measured: readonly Measured[]): Result[] {
  const [ours, ...peers] = measured;
  if (ours === undefined) return [];
  const speed = (milliseconds: number): number => amount / (milliseconds / 1000);
  const note = `best ${speed(Math.min(...ours.samples)).toFixed(1)}`;
  const result = { name, unit, ours: speed(median(ours.samples)), note };
  if (peers.length === 0) return [result];
  return peers.map((peer) => ({
    ...result,
    peer: speed(median(peer.samples)),
    peerName: peer.name,
    ratio: median(peer.samples.map((sample, round) => sample / ours.samples[round]!)),
    note: `${note}, peer ${speed(Math.min(...peer.samples)).toFixed(1)}`,
  }));
}
