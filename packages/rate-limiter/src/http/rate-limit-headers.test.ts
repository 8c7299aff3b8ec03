import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { day, decisionOf, minute, refusalOf } from "./fixtures/decisions.ts";
import type { HeaderStyle } from "./header-style.ts";
import { rateLimitHeaders } from "./rate-limit-headers.ts";

const policy = ["RateLimit-Policy", '"minute";q=10;w=60, "day";q=100;w=86400'];

describe("rateLimitHeaders", () => {
  it("names every window with its policy and what remains, when the call was let through", () => {
    expect(rateLimitHeaders(decisionOf())).toEqual([policy, ["RateLimit", '"minute";r=7;t=42, "day";r=64;t=55296']]);
  });

  it("spreads what remains over no less time than the policy does", () => {
    const windows = [{ ...minute, remaining: 10, nextMs: 0 }];
    expect(rateLimitHeaders(decisionOf({ windows }))[1]).toEqual(["RateLimit", '"minute";r=10;t=60']);
  });

  it("tells when there is more again, if that takes longer", () => {
    const windows = [{ ...minute, remaining: 1, nextMs: 58_001 }];
    expect(rateLimitHeaders(decisionOf({ windows }))[1]).toEqual(["RateLimit", '"minute";r=1;t=59']);
  });

  it("tells a refused caller when to come back, and no later time for any window", () => {
    expect(rateLimitHeaders(refusalOf())).toEqual([
      policy,
      ["RateLimit", '"minute";r=0;t=12, "day";r=64'],
      ["Retry-After", "12"],
    ]);
  });

  it("tells no later time for the windows of a remembered refusal than is left by now", () => {
    const [, limit, retry] = rateLimitHeaders(refusalOf({ reason: "local", retryAfterMs: 3_000 }));
    expect([limit?.[1], retry?.[1]]).toEqual(['"minute";r=0;t=3, "day";r=64', "3"]);
  });

  it("never says that a refused caller may come back at once", () => {
    expect(rateLimitHeaders(refusalOf({ retryAfterMs: 1 })).at(-1)).toEqual(["Retry-After", "1"]);
  });

  it("names no time to come back if waiting doesn't help", () => {
    const names = rateLimitHeaders(refusalOf({ cost: 11, retryAfterMs: Number.POSITIVE_INFINITY })).map(
      ([name]) => name,
    );
    expect(names).toEqual(["RateLimit-Policy", "RateLimit"]);
  });

  it("tells a blocked caller when its block ends, and of no window that refused", () => {
    expect(rateLimitHeaders(decisionOf({ allowed: false, reason: "blocked", retryAfterMs: 90_000 })).slice(1)).toEqual([
      ["RateLimit", '"minute";r=7, "day";r=64'],
      ["Retry-After", "90"],
    ]);
  });

  it.each(["draft-11", "draft-7", "draft-6", "x-ratelimit", "none"] satisfies HeaderStyle[])(
    "tells no quota if no window decided, in style %s",
    (style) => {
      const allowed = decisionOf({ reason: "degraded", windows: [] });
      const denied = { ...allowed, allowed: false, retryAfterMs: 1_000 };
      expect(rateLimitHeaders(allowed, style)).toEqual([]);
      expect(rateLimitHeaders(denied, style)).toEqual([["Retry-After", "1"]]);
      expect(rateLimitHeaders({ ...denied, reason: "blocked", retryAfterMs: Number.POSITIVE_INFINITY }, style)).toEqual(
        [],
      );
    },
  );

  it("tells the same for a shadowed refusal as for a call that is let through", () => {
    const { windows } = refusalOf();
    expect(rateLimitHeaders(decisionOf({ windows, shadowed: true, retryAfterMs: 11_200 }))).toEqual([
      policy,
      ["RateLimit", '"minute";r=0;t=12, "day";r=64;t=55296'],
    ]);
  });

  it("tells a window of less than a second as one second", () => {
    const windows = [{ ...minute, name: "100ms", windowMs: 100, remaining: 9, nextMs: 100, resetMs: 100 }];
    expect(rateLimitHeaders(decisionOf({ windows }))).toEqual([
      ["RateLimit-Policy", '"100ms";q=10;w=1'],
      ["RateLimit", '"100ms";r=9;t=1'],
    ]);
  });

  it("writes the tightest window's shape of draft 7, and its reset at the time to come back", () => {
    expect(rateLimitHeaders(decisionOf(), "draft-7")).toEqual([
      ["RateLimit-Policy", "10;w=60, 100;w=86400"],
      ["RateLimit", "limit=10, remaining=7, reset=42"],
    ]);
    expect(rateLimitHeaders(refusalOf(), "draft-7").slice(1)).toEqual([
      ["RateLimit", "limit=10, remaining=0, reset=12"],
      ["Retry-After", "12"],
    ]);
  });

  it("writes the three headers of draft 6", () => {
    expect(rateLimitHeaders(refusalOf({ windows: [day, { ...minute, remaining: 0 }] }), "draft-6")).toEqual([
      ["RateLimit-Policy", "100;w=86400, 10;w=60"],
      ["RateLimit-Limit", "10"],
      ["RateLimit-Remaining", "0"],
      ["RateLimit-Reset", "12"],
      ["Retry-After", "12"],
    ]);
  });

  it("writes X-RateLimit headers, with the reset in seconds since the epoch", () => {
    expect(rateLimitHeaders(decisionOf({ resetAt: 1_700_000_059_001 }), "x-ratelimit")).toEqual([
      ["X-RateLimit-Limit", "10"],
      ["X-RateLimit-Remaining", "7"],
      ["X-RateLimit-Reset", "1700000060"],
    ]);
  });

  it("writes two styles at once, and Retry-After once", () => {
    const names = rateLimitHeaders(refusalOf(), ["x-ratelimit", "draft-11"]).map(([name]) => name);
    expect(names).toEqual([
      "X-RateLimit-Limit",
      "X-RateLimit-Remaining",
      "X-RateLimit-Reset",
      "RateLimit-Policy",
      "RateLimit",
      "Retry-After",
    ]);
  });

  it.each([["draft-8"], [[]], [["draft-11", "draft-7"]], [null], ["toString"]])("refuses %j as a style", (style) => {
    expect(() => rateLimitHeaders(decisionOf(), style as never)).toThrow(ConfigurationError);
  });

  it("refuses a window's name that a header can't hold", () => {
    const windows = [{ ...minute, name: "minute\r\nSet-Cookie: a" }];
    expect(() => rateLimitHeaders(decisionOf({ windows }))).toThrow(ConfigurationError);
  });
});
