import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { checkCases, key, refundCases, start } from "./fixtures/limit-cases.ts";
import { limitScripts } from "./limit-scripts.ts";

const targets = ownRedis();

const rulesBy = (limit: number) => [{ name: "", limit, windowMs: 60_000, burst: 40, cells: 1 }];
const keys = [key];
const taking = (limit: number) => {
  return { kind: "call", keys, input: { cost: 1, mode: "spend", rules: rulesBy(limit) } } as const;
};
const givingBack = (cost: number, taken: number, takenAt: number) => {
  const input = { cost, taken, born: start, takenAt, rules: rulesBy(9) };
  return { kind: "call", keys, input, expected: { reply: "done" } } as const;
};
const wait = { kind: "wait", ms: 50 } as const;

const checks = [
  {
    title: "know since when a bucket has drained by one pace, of one plan after the other",
    steps: [taking(5), wait, taking(5), wait, taking(9), wait, taking(9), taking(5), wait, taking(5)],
  },
];
const refunds = [
  {
    title: "give back what can't have drained, of what was taken since the bucket has its pace",
    steps: [
      // Nine units, taken until 100, that drain by five a millisecond since 40.
      { kind: "set", key, value: `1 ${start} 0 100 0\ng60000 108100 540000 5 40\n`, ttlMs: 108_100 } as const,
      wait,
      ...[
        givingBack(1, 1, 40),
        givingBack(1, 1, 100),
        givingBack(1, 2, 40),
        givingBack(1, 1, 39),
        givingBack(1, 1, 101),
      ],
      wait,
      givingBack(3, 3, 70),
      givingBack(1, 1, 100),
    ],
  },
];

testScript(limitScripts["gcra"].check, { ...checkCases("gcra"), tables: checks }, targets);
testScript(limitScripts["gcra"].refund, { ...refundCases("gcra"), tables: refunds }, targets);
