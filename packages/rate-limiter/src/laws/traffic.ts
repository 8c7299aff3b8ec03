import type { WindowRule } from "../algorithms/algorithm.ts";

/** Numbers that look random and are the same for the same seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export interface Call {
  readonly key: string;
  readonly rules: readonly WindowRule[];
  readonly cost: number;
  readonly mode: "spend" | "ask";
  readonly now: number;
}

const spansMs = [50, 400, 1_000, 5_000];

/** Calls of a few callers, each under a policy of its own, in bursts and pauses: dense around the limits, on and beside the turns. */
export function* traffic(seed: number, calls: number, mostUnits: number, cells: number): Generator<Call> {
  const random = randomFrom(seed);
  const policies = Array.from({ length: 5 }, () => {
    const count = 1 + random(3);
    const first = random(spansMs.length - count + 1);
    return Array.from({ length: count }, (_, index): WindowRule => {
      const limit = 1 + random(mostUnits);
      return { name: `${index}`, limit, windowMs: spansMs[first + index] as number, burst: limit, cells };
    });
  });
  let now = 1_700_000_000_000 + random(1_000);
  for (let call = 0; call < calls; call += 1) {
    const pace = random(40);
    if (pace === 0) now += random(6_000);
    else if (pace < 4) now += spansMs[random(spansMs.length)]! - 1 + random(3);
    else if (pace < 25) now += random(12);
    const caller = random(policies.length);
    const rules = policies[caller] as readonly WindowRule[];
    const cost = random(8) === 0 ? random(6) : 1;
    yield { key: `caller-${caller}`, rules, cost, mode: random(20) === 0 ? "ask" : "spend", now };
  }
}
