import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { holdForAll } from "./hold-for-all.ts";

const belowAMillion = async (value: number) => {
  if (value >= 1_000_000) throw new Error(`found ${value}`);
};

afterEach(() => vi.unstubAllEnvs());

describe("holdForAll", () => {
  it("resolves when the fact holds for every value", async () => {
    await holdForAll(fc.integer({ max: 999_999 }), belowAMillion, { numRuns: 50 });
  });

  it("rejects with the smallest counterexample and a seed that runs it again at once", async () => {
    const found = await failure(fc.nat(), 1000);
    expect(found).toContain("found 1000000\n");
    const replay = /KEYWARD_SEED=(\S+)/.exec(found)?.[1];
    vi.stubEnv("KEYWARD_SEED", replay);
    expect(await failure(fc.nat(), 1000)).toMatch(/^found 1000000\nfound in run 1;/);
  });

  it("starts with the seed in KEYWARD_SEED", async () => {
    vi.stubEnv("KEYWARD_SEED", "42");
    const runs: number[][] = [[], []];
    for (const run of runs) {
      await holdForAll(fc.nat(), async (value) => void run.push(value), { numRuns: 20 });
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  it("says what a seed must look like", async () => {
    vi.stubEnv("KEYWARD_SEED", "yesterday's");
    expect(await failure(fc.nat(), 1)).toContain("KEYWARD_SEED: must be");
  });
});

async function failure(values: fc.Arbitrary<number>, numRuns: number): Promise<string> {
  return holdForAll(values, belowAMillion, { numRuns }).then(
    () => "nothing",
    (error: unknown) => (error as Error).message,
  );
}
