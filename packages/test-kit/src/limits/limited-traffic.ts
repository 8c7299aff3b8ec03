/** A window of a limit as a model counts it. */
export interface LimitedWindow {
  readonly limit: number;
  readonly windowMs: number;
}

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

/** One call of a rate limiter. */
export interface LimitedCall {
  /** One of {@link LimitedTraffic.policies}. */
  readonly caller: number;
  readonly cost: number;
  readonly mode: "spend" | "ask";
  /** Milliseconds since the epoch; it never steps back. */
  readonly now: number;
}

/** Calls of a few callers, each with a policy of its own. */
export interface LimitedTraffic {
  /** Each caller's windows. */
  readonly policies: readonly (readonly LimitedWindow[])[];
  readonly calls: Iterable<LimitedCall>;
}

const spansMs = [50, 400, 1_000, 5_000];

/** Calls in bursts and pauses, dense around the limits and around the ends of windows. The same for the same seed. */
export function limitedTraffic(seed: number, calls: number, callers: number, mostUnits: number): LimitedTraffic {
  const random = randomFrom(seed);
  const policies = Array.from({ length: callers }, () => {
    const count = 1 + random(3);
    const first = random(spansMs.length - count + 1);
    return Array.from({ length: count }, (_, index): LimitedWindow => {
      return { limit: 1 + random(mostUnits), windowMs: spansMs[first + index] as number };
    });
  });
  return { policies, calls: callsOf(random, calls, callers) };
}

function* callsOf(random: (below: number) => number, calls: number, callers: number): Generator<LimitedCall> {
  let now = 1_700_000_000_000 + random(1_000);
  for (let call = 0; call < calls; call += 1) {
    const pace = random(40);
    if (pace === 0) now += random(6_000);
    else if (pace < 4) now += spansMs[random(spansMs.length)]! - 1 + random(3);
    else if (pace < 25) now += random(12);
    const cost = random(8) === 0 ? random(6) : 1;
    yield { caller: random(callers), cost, mode: random(20) === 0 ? "ask" : "spend", now };
  }
}
