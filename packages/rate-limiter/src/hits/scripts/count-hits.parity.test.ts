import { type ScriptCases, testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import fc from "fast-check";
import { type CountHitsArguments, type CountHitsReply, countHits } from "./count-hits.ts";

const key = "keyward:rate-limiter:{caller}:rl:hits";
const keys = [key];
/** Where the virtual time of a sequence begins. */
const start = 1_700_000_000_000;

const call = (by: 1 | 0 | -1, windowMs: number, reply: CountHitsReply) => ({
  kind: "call" as const,
  keys,
  input: { by, windowMs },
  expected: { reply },
});

const cases: ScriptCases<CountHitsArguments, CountHitsReply> = {
  tables: [
    {
      title: "counts from the first hit on, and forgets all of them a window later",
      steps: [
        call(1, 100, { count: 1, resetMs: 100 }),
        { kind: "wait", ms: 99 },
        call(1, 100, { count: 2, resetMs: 1 }),
        { kind: "wait", ms: 1 },
        call(0, 100, undefined),
        call(1, 100, { count: 1, resetMs: 100 }),
      ],
    },
    {
      title: "takes back no more than there is, and keeps the end of the window",
      steps: [
        call(-1, 100, undefined),
        call(1, 100, { count: 1, resetMs: 100 }),
        { kind: "wait", ms: 40 },
        call(-1, 100, { count: 0, resetMs: 60 }),
        call(-1, 100, { count: 0, resetMs: 60 }),
        call(1, 100, { count: 1, resetMs: 60 }),
      ],
    },
    {
      title: "keeps hits no longer than the window after it was made shorter",
      steps: [call(1, 60_000, { count: 1, resetMs: 60_000 }), call(1, 100, { count: 2, resetMs: 100 })],
    },
    {
      title: "gives an end to a count that has none",
      steps: [{ kind: "set", key, value: `7 ${start + 1e9}` }, call(1, 100, { count: 8, resetMs: 100 })],
    },
    {
      title: "leaves untouched what something else wrote",
      steps: [{ kind: "set", key, value: "7" }, call(1, 100, "unreadable"), call(0, 100, "unreadable")],
    },
  ],
  calls: fc
    .record({ by: fc.constantFrom<(1 | 0 | -1)[]>(1, 1, 0, -1), windowMs: fc.constantFrom(1, 100, 60_000) })
    .map((input) => ({ keys, input })),
  disturbances: fc.oneof(
    fc.record({ kind: fc.constant("remove" as const), key: fc.constant(key) }),
    fc.record({
      kind: fc.constant("set" as const),
      key: fc.constant(key),
      value: fc.constantFrom("5", "", "3 9 1", "-1 5", `2 ${start + 5_000}`, `2 ${start - 1}`, `9 ${start + 1e12}`),
    }),
  ),
  durationsMs: [1, 100, 60_000],
};

testScript(countHits, cases, ownRedis());
