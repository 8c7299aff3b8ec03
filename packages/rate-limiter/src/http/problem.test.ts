import { describe, expect, it } from "vitest";
import { decisionOf, refusalOf } from "./fixtures/decisions.ts";
import { problemOf } from "./problem.ts";

describe("problemOf", () => {
  it("names the windows that were exceeded, and when to come back", () => {
    expect(problemOf(refusalOf())).toEqual({
      type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
      title: "Quota Exceeded",
      status: 429,
      detail: "Try again in 12 seconds.",
      "violated-policies": ["minute"],
    });
  });

  it("says that waiting doesn't help if the cost is more than a window holds", () => {
    expect(problemOf(refusalOf({ cost: 11, retryAfterMs: Number.POSITIVE_INFINITY })).detail).toMatch(/doesn't help/);
  });

  it("claims no quota if no window refused", () => {
    const refusal = decisionOf({ allowed: false, retryAfterMs: 1_000 });
    for (const decision of [
      { ...refusal, reason: "blocked" as const },
      { ...refusal, reason: "degraded" as const, windows: [] },
    ]) {
      expect(problemOf(decision)).toEqual({
        type: "about:blank",
        title: "Too Many Requests",
        status: 429,
        detail: "Try again in 1 second.",
      });
    }
  });

  it("doesn't tell a caller on the deny list to come back", () => {
    const denied = decisionOf({
      allowed: false,
      reason: "blocked",
      windows: [],
      retryAfterMs: Number.POSITIVE_INFINITY,
    });
    expect(problemOf(denied).detail).toBe("Requests of this caller are not accepted.");
  });
});
