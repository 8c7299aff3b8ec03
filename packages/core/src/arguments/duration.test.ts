import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { type Duration, parseDuration } from "./duration.ts";

describe("parseDuration", () => {
  it.each<[Duration, number]>([
    [1, 1],
    [1_500, 1_500],
    ["500ms", 500],
    ["30s", 30_000],
    ["1m", 60_000],
    ["2h", 7_200_000],
    ["30d", 2_592_000_000],
    ["1.5s", 1_500],
    ["1.005s", 1_005],
    ["0.5d", 43_200_000],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])("reads %j as %d ms", (value, milliseconds) => {
    expect(parseDuration("ttl", value)).toBe(milliseconds);
  });

  it.each([
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    "",
    "5",
    "s",
    "0s",
    "-1s",
    "+1s",
    " 1s",
    "1 s",
    "1S",
    "1e3s",
    "1w",
    ".5s",
    "1.s",
    "0.5ms",
    "1.0005s",
    "9007199254740993ms",
    "1sm",
    null,
    undefined,
    {},
  ])("refuses %j and names the field", (value) => {
    const attempt = () => parseDuration("cache.ttl", value as Duration);
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow(/^cache\.ttl: /);
  });

  it("agrees with the number for every count of every unit", () => {
    const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.constantFrom("ms", "s", "m", "h", "d"),
        (count, unit: keyof typeof units) => {
          expect(parseDuration("ttl", `${count}${unit}`)).toBe(parseDuration("ttl", count * units[unit]));
        },
      ),
    );
  });
});
