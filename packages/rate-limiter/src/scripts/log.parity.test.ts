import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { checkCases, key, refundCases, start } from "./fixtures/limit-cases.ts";
import { limitScripts } from "./limit-scripts.ts";

const targets = ownRedis();

const rules = [{ name: "", limit: 1, windowMs: 60_000, burst: 1, cells: 32 }];
const refused = (waitMs: number, now: number) => ({
  kind: "call" as const,
  keys: [key],
  input: { cost: 1, mode: "spend" as const, rules },
  expected: {
    reply: {
      status: "refused" as const,
      ...{ now, born: start, at: now - start + 5_000, waitMs },
      windows: [{ name: "", limit: 1, windowMs: 60_000, remaining: 0, nextMs: waitMs, resetMs: waitMs }],
    },
  },
});

const tables = [
  {
    title: "a clock that stepped back by five seconds holds nobody for longer than a window",
    steps: [
      { kind: "set" as const, key, value: `1 ${start} 0 5000 0\nl60000 65000 1 1 \n`, ttlMs: 70_000 },
      refused(60_000, start),
      { kind: "wait" as const, ms: 59_999 },
      refused(1, start + 59_999),
    ],
  },
];

testScript(limitScripts["log"].check, { ...checkCases("log"), tables }, targets);
testScript(limitScripts["log"].refund, refundCases("log"), targets);
