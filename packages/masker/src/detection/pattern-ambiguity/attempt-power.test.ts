import { describe, expect, it } from "vitest";
import { attemptPower } from "./attempt-power.ts";
import { parsePattern } from "./parse-pattern.ts";

describe("attemptPower", () => {
  it.each<[number, RegExp]>([
    [0, /\d{4}/],
    [0, /TICK-\d+/],
    [0, /x(?:\w+\s?)*/],
    [0, /a{1,60}b/],
    [1, /\d+-/],
    [1, /\s+$/],
    [1, /\w+-\w+-\w+/],
    [1, /\w+-\w+-\w+$/],
    [1, /(?:\w+,)+;/],
    [1, /[a-z]+\d*[A-Z]+!/],
    [1, /(?<=a+)b/],
    [1, /(?:(?!foo)[a-z])*!/],
    [2, /(?:(?!.*foo).)*!/],
    [2, /\w+\d+!/],
    [2, /.*foo.*bar/],
    [2, /[a-z]*(?:x[a-y]*)!/],
    [2, /(?:ab)+(?:a|b)*c/],
    [1, /(?:ab)+c(?:a|b)*d/],
    [2, /a{0,100}a{0,100}b/],
    [3, /a*a*a*b/],
    [2, /a*a*b+c*d/],
    [3, /.*,.*,.*;/],
    [4, /(?:\w+\s?){1,4}x/],
    [1, /(?:\w+,\s?){1,4}x/],
    [1, /(?<=x\w+)y/],
    [1, /(?<=\w+x)y/],
    [1, /(?=(\w+)x)y/],
  ])("is %i for %s", (power, pattern) => {
    const { tree, sets } = parsePattern(pattern);
    expect(attemptPower(tree, sets)).toBe(power);
  });
});
