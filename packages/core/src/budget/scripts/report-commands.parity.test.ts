import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import fc from "fast-check";
import { type CommandReport, reportCommands } from "./report-commands.ts";

const key = "budget:{all}:month";
const keys = [key];
const dayMs = 86_400_000;

/** The sequences begin on 14 November 2023, at 22:13:20. */
const november = { month: "2023-11", leftMs: 16 * dayMs + 6_400_000 };
const call = (name: string, commands: number, count: number, known?: CommandReport["known"], time = november) => ({
  kind: "call" as const,
  keys,
  input: { name, commands, known },
  expected: { reply: { ...time, count } },
});
const wait = (ms: number) => ({ kind: "wait" as const, ms });

testScript(
  reportCommands,
  {
    tables: [
      {
        title: "adds reports and its own three commands, and counts a repeated or late report once",
        steps: [
          call("a:1", 10, 13),
          call("b:1", 5, 21),
          call("a:1", 10, 24),
          call("a:2", 0, 27),
          call("b:1", 5, 30),
          call("a:21", 1, 34),
          call("a:20", 1, 37),
          call("a:22", 1, 41),
        ],
      },
      {
        title: "starts from zero when the month turns, and still knows an earlier report",
        steps: [
          call("a:1", 10, 13),
          wait(november.leftMs - 1),
          call("a:2", 10, 26, undefined, { month: "2023-11", leftMs: 1 }),
          wait(1),
          call("a:2", 10, 3, { month: "2023-11", count: 26 }, { month: "2023-12", leftMs: 31 * dayMs }),
          wait(31 * dayMs),
          call("a:3", 10, 13, undefined, { month: "2024-01", leftMs: 31 * dayMs }),
          wait(31 * dayMs),
          call("a:4", 10, 13, undefined, { month: "2024-02", leftMs: 29 * dayMs }),
          wait(29 * dayMs),
          call("a:5", 10, 13, undefined, { month: "2024-03", leftMs: 31 * dayMs }),
        ],
      },
      {
        title: "continues from what an instance knows if the store has lost its count, or never had a readable one",
        steps: [
          call("a:1", 10, 13),
          { kind: "remove", key },
          call("a:2", 10, 26, { month: "2023-11", count: 13 }),
          call("b:1", 1, 30, { month: "2023-11", count: 13 }),
          { kind: "set", key, value: "something else" },
          call("b:2", 1, 4, { month: "2023-10", count: 30 }),
          { kind: "set", key, value: "2023-11 9007199254740993 ,a:1," },
          call("b:3", 1, 4),
        ],
      },
      {
        title: "remembers the latest reports of more instances than will ever report at once",
        steps: [
          call("first:1", 1, 4),
          ...Array.from({ length: 100 }, (_, place) => call(`instance${place}:1`, 1, 8 + 4 * place)),
          call("first:1", 1, 407),
          ...Array.from({ length: 250 }, (_, place) => call(`further${place}:1`, 1, 411 + 4 * place)),
          call("first:1", 1, 1411),
        ],
      },
    ],
    calls: fc.record({
      keys: fc.constant(keys),
      input: fc.record({
        name: fc
          .tuple(fc.constantFrom("a", "b", "ab"), fc.integer({ min: 1, max: 12 }))
          .map((parts) => parts.join(":")),
        commands: fc.constantFrom(0, 1, 500, 2 ** 40),
        known: fc.option(
          fc.record({ month: fc.constantFrom("2023-11", "2023-12", "2024-01"), count: fc.constantFrom(0, 1_000) }),
          { nil: undefined },
        ),
      }),
    }),
    disturbances: fc.oneof(
      fc.constant({ kind: "remove" as const, key }),
      fc.constantFrom("", "2023-11 5", "2023-11 5 ,", "2023-12 7 ,a:1,b", "2023-11 x ,").map((value) => ({
        kind: "set" as const,
        key,
        value,
      })),
    ),
    durationsMs: [dayMs, 28 * dayMs, 31 * dayMs, 365 * dayMs],
    sequences: 60,
  },
  ownRedis(),
);
