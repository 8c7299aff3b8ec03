import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import fc from "fast-check";
import { expect, it } from "vitest";
import { takeBlock } from "./take-block.ts";

const key = "counters:{invoice}:n";
const keys = [key];

testScript(
  takeBlock,
  {
    tables: [
      {
        title: "counts from 1 and leaves out a thousand when another server takes over",
        steps: [
          { kind: "call", keys, input: { count: 3 }, expected: { reply: { status: "ok", first: 1, last: 3 } } },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "ok", first: 4, last: 4 } } },
          { kind: "remove", key },
          { kind: "set-field", key, field: "n:another", value: "4" },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "ok", first: 1005, last: 1005 } } },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "ok", first: 1006, last: 1006 } } },
        ],
      },
      {
        title: "leaves out twice as many as two windows gave out, if that is more",
        steps: [
          { kind: "set-field", key, field: "n:another", value: "1730" },
          { kind: "set-field", key, field: "!pace", value: "9:1500:1000" },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "ok", first: 3191, last: 3191 } } },
        ],
      },
      {
        title: "notes at every 500th number after which numbers this window of time and the one before it began",
        steps: [
          { kind: "call", keys, input: { count: 600 }, expected: { reply: { status: "ok", first: 1, last: 600 } } },
          { kind: "call", keys, input: { count: 600 }, expected: { reply: { status: "ok", first: 601, last: 1200 } } },
          { kind: "wait", ms: 2_000 },
          { kind: "call", keys, input: { count: 600 }, expected: { reply: { status: "ok", first: 1201, last: 1800 } } },
          { kind: "call", keys, input: { count: 199 }, expected: { reply: { status: "ok", first: 1801, last: 1999 } } },
          { kind: "wait", ms: 4_000 },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "ok", first: 2000, last: 2000 } } },
        ],
      },
      {
        title: "counts up to 2^53 - 1 and refuses to go beyond",
        steps: [
          { kind: "set-field", key, field: "n:another", value: "9007199254739989" },
          { kind: "set-field", key, field: "!pace", value: "9:9007199254739500:9007199254739500" },
          { kind: "call", keys, input: { count: 3 }, expected: { reply: { status: "exhausted", where: "highest" } } },
          {
            kind: "call",
            keys,
            input: { count: 2 },
            expected: { reply: { status: "ok", first: 9007199254740990, last: 9007199254740991 } },
          },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "exhausted", where: "highest" } } },
        ],
      },
      {
        title: "refuses content that it can't have written, and leaves it alone",
        steps: [
          { kind: "set-field", key, field: "n:another", value: "1e3" },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "corrupt", where: "highest" } } },
          { kind: "set", key, value: "text" },
          { kind: "call", keys, input: { count: 1 }, expected: { error: "WRONGTYPE" } },
        ],
      },
    ],
    calls: fc.record({
      keys: fc.constant(keys),
      input: fc.record({ count: fc.constantFrom(1, 1, 2, 1_500, 9007199254740991) }),
    }),
    disturbances: fc.oneof(
      fc.record({ kind: fc.constant("remove" as const), key: fc.constant(key) }),
      fc.record({
        kind: fc.constant("set-field" as const),
        key: fc.constant(key),
        field: fc.constantFrom("n:another", "n:", "!pace"),
        value: fc.constantFrom(
          "5",
          "-5",
          "850000000:700:20",
          "850000000:1500:0",
          "nan",
          "0x10",
          " 7",
          "9007199254740991",
          "9007199254740993",
        ),
      }),
    ),
    durationsMs: [2_000, 4_000],
  },
  ownRedis(),
);

it.each(["-5", "9007199254740993", "07"])(
  "refuses %s under the server's own id, and leaves it alone",
  async (value) => {
    const own = ownRedis();
    try {
      const { transaction } = await own.redis();
      const take = ["eval", takeBlock.lua, "1", key, "", "1"];
      const [, fields] = await transaction([take, ["hkeys", key]]);
      const [field = ""] = fields as string[];
      const [, reply, left] = await transaction([["hset", key, field, value], take, ["hget", key, field]]);
      expect({ reply, left }).toEqual({ reply: ["corrupt", "highest"], left: value });
    } finally {
      await own.close();
    }
  },
);
