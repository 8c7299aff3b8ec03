import { testScript } from "@keyward/conformance";
import fc from "fast-check";
import { type ConnectedHost, connectHost } from "../fixtures/connect-host.ts";
import { takeBlock } from "./take-block.ts";

let host: ConnectedHost;
const key = "counters:{invoice}:n";
const keys = [key];

testScript(
  takeBlock,
  {
    tables: [
      {
        title: "counts from 1 and leaves out a thousand when the server changes",
        steps: [
          { kind: "call", keys, input: { count: 3 }, expected: { reply: { status: "ok", first: 1, last: 3 } } },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "ok", first: 4, last: 4 } } },
          { kind: "set-field", key, field: "!guard", value: "1:3:1:another:0" },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "ok", first: 1005, last: 1005 } } },
          { kind: "set-field", key, field: "!guard", value: "1:700:20:another:0" },
          { kind: "call", keys, input: { count: 1 }, expected: { reply: { status: "ok", first: 2446, last: 2446 } } },
        ],
      },
      {
        title: "ends at 2^53 - 1 and refuses what would go beyond",
        steps: [
          { kind: "set-field", key, field: "highest", value: "9007199254740989" },
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
        title: "refuses what it can't have written and leaves it alone",
        steps: [
          { kind: "set-field", key, field: "highest", value: "1e3" },
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
        field: fc.constantFrom("highest", "!guard"),
        value: fc.constantFrom(
          "5",
          "850000000:700:20:another:0",
          "850000000:3:4::1000",
          "nan",
          "0x10",
          " 7",
          "9007199254740991",
        ),
      }),
    ),
    durationsMs: [2_000, 4_000],
  },
  {
    redis: async () => {
      host = await connectHost();
      return host;
    },
    close: () => host.close(),
  },
);
