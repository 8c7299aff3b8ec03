import { describe, expect, it } from "vitest";
import { compareAnswers, compareStates } from "./differences.ts";
import { hashState, type KeyState, stringState } from "./key-state.ts";

const reply = (raw: string | number | null | (string | number | null)[]) => ({ kind: "reply", raw }) as const;
const states = (state: KeyState | null) => new Map([["key", state]]);

describe("compareAnswers", () => {
  it("finds nothing if both answers are the same", () => {
    expect(compareAnswers(reply([1, "a", null]), reply([1, "a", null]))).toEqual([]);
  });

  it("distinguishes numbers from text, and lists by their order and length", () => {
    for (const [left, right] of [
      [1, "1"],
      [null, ""],
      [
        [1, 2],
        [2, 1],
      ],
      [[1], [1, null]],
      [[], null],
    ] as const) {
      expect(compareAnswers(reply(left as never), reply(right as never))).toHaveLength(1);
    }
  });

  it("compares errors by their code, and never treats crashes as equal", () => {
    const error = (message: string) => ({ kind: "error", code: "CORRUPT", message }) as const;
    expect(compareAnswers(error("CORRUPT a"), error("CORRUPT b"))).toEqual([]);
    const crash = { kind: "crash", message: "broken" } as const;
    expect(compareAnswers(crash, crash)).toHaveLength(2);
  });
});

describe("compareStates", () => {
  it("ignores the order of fields", () => {
    const one = hashState(
      [
        ["a", "1"],
        ["b", "2"],
      ],
      null,
    );
    const other = hashState(
      [
        ["b", "2"],
        ["a", "1"],
      ],
      null,
    );
    expect(compareStates(states(one), states(other), 0)).toEqual([]);
  });

  it("finds a different key, type, value or field", () => {
    const text = stringState("value", null);
    expect(compareStates(states(null), states(text), 0)).toHaveLength(1);
    expect(compareStates(states(text), states(hashState([["", "value"]], null)), 0)).toHaveLength(1);
    expect(compareStates(states(text), states(stringState("other", null)), 0)).toHaveLength(1);
    expect(compareStates(states(hashState([["a", "1"]], null)), states(hashState([["b", "1"]], null)), 0)).toHaveLength(
      2,
    );
  });

  it("compares TTLs to the millisecond, less only what has passed in real time", () => {
    const at = (ttlMs: number | null) => states(stringState("value", ttlMs));
    expect(compareStates(at(10), at(10), 0)).toEqual([]);
    expect(compareStates(at(10), at(9), 0)).toHaveLength(1);
    expect(compareStates(at(10), at(9), 1)).toEqual([]);
    expect(compareStates(at(10), at(11), 1)).toHaveLength(1);
    expect(compareStates(at(10), at(null), 5)).toHaveLength(1);
  });
});
