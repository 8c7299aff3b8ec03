import { ownRedis } from "@keyward/test-kit";
import fc from "fast-check";
import { testScript } from "../../script/test-script.ts";
import { answerWith } from "./answer-with.ts";
import { hashField } from "./hash-field.ts";
import { increment } from "./increment.ts";
import { move } from "./move.ts";

const targets = ownRedis();
const [first = "", second = ""] = ["probes:{a}:1", "probes:{a}:2"];
const settings = { sequences: 30 };

testScript(
  answerWith,
  {
    ...settings,
    calls: fc.record({
      keys: fc.constant([first]),
      input: fc.record({
        kind: fc.constantFrom("time", "text", "integer", "null", "list", "error", "arguments"),
        words: fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 }),
      }),
    }),
  },
  targets,
);

testScript(
  hashField,
  {
    ...settings,
    calls: fc.record({
      keys: fc.constantFrom([first], [second]),
      input: fc.record(
        { field: fc.constantFrom("a", "b"), value: fc.constantFrom("1", "2"), ttlMs: fc.constantFrom(0, 1, 100) },
        { requiredKeys: ["field"] },
      ),
    }),
    disturbances: fc.record({
      kind: fc.constant("set" as const),
      key: fc.constant(first),
      value: fc.constant("text"),
      ttlMs: fc.constantFrom(1, 100),
    }),
  },
  targets,
);

testScript(
  increment,
  {
    ...settings,
    calls: fc.record({ keys: fc.constantFrom([first], [second]), input: fc.integer({ min: -3, max: 3 }) }),
  },
  targets,
);

testScript(
  move,
  {
    ...settings,
    calls: fc.record({ keys: fc.constantFrom([first, second], [second, first]), input: fc.constant(undefined) }),
  },
  targets,
);
