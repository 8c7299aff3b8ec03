import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { key, resetCases } from "./fixtures/limit-cases.ts";
import { reset } from "./reset.ts";

const call = { kind: "call", keys: [key], input: {}, expected: { reply: "done" } } as const;

const tables = [
  {
    title: "forgets what something else wrote, of whichever type",
    steps: [
      { kind: "set" as const, key, value: "2 of a newer version" },
      call,
      { kind: "set-field" as const, key, field: "of", value: "a hash" },
      call,
    ],
  },
];

testScript(reset, { ...resetCases("log"), tables }, ownRedis());
