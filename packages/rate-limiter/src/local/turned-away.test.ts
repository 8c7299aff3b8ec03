import { beforeEach, expect, it } from "vitest";
import type { RateLimitDecision } from "../decision.ts";
import { TurnedAway } from "./turned-away.ts";

const policy = { rules: [{ name: "1m", limit: 5, windowMs: 60_000, burst: 5, cells: 32 }] };
const refusal: RateLimitDecision = {
  allowed: false,
  reason: "quota",
  limit: 5,
  remaining: 1,
  retryAfterMs: 3_000,
  resetAt: 0,
  windows: [],
  cost: 2,
  shadowed: false,
};
let turnedAway: TurnedAway;

beforeEach(() => {
  turnedAway = new TurnedAway(10, 5_000);
  turnedAway.remember("a", policy, refusal, 100);
});

it("the same cost or more is turned away until the refused one fits, of the same policy alone", () => {
  expect(turnedAway.find("a", policy, 2, 1_100)).toMatchObject({
    allowed: false,
    reason: "local",
    retryAfterMs: 2_000,
  });
  expect(turnedAway.find("a", policy, 5, 1_100)).toMatchObject({ cost: 5, retryAfterMs: 2_000 });
  expect(turnedAway.find("a", policy, 1, 1_100)).toBeUndefined();
  expect(turnedAway.find("a", { ...policy }, 2, 1_100)).toBeUndefined();
  expect(turnedAway.find("a", policy, 2, 3_100)).toBeUndefined();
});

it("a cost that no window ever holds is told so", () => {
  expect(turnedAway.find("a", policy, 6, 1_100)).toMatchObject({ retryAfterMs: Number.POSITIVE_INFINITY });
});
