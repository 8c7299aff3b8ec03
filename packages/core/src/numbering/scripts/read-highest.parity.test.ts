import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { readHighestInputs, scopeCases, scopeKeys } from "../fixtures/scope-calls.ts";
import { readHighest } from "./read-highest.ts";

const [counters = "", generationA = ""] = scopeKeys;
const corrupt = (where: string) => ({ reply: { status: "corrupt" as const, where } });

testScript(
  readHighest,
  {
    tables: [
      {
        title: "names the first corrupt type by the order of types, whichever was written first",
        steps: [
          { kind: "set-field", key: counters, field: "USER", value: "many" },
          { kind: "set-field", key: counters, field: "HOST", value: "many" },
          { kind: "call", keys: scopeKeys, input: { ttlMs: 0 }, expected: corrupt("HOST") },
          { kind: "set-field", key: counters, field: "A_1", value: "-1" },
          { kind: "call", keys: scopeKeys, input: { ttlMs: 0 }, expected: corrupt("A_1") },
          { kind: "remove", key: counters },
          { kind: "set-field", key: generationA, field: "hHOST", value: "nan" },
          { kind: "set-field", key: generationA, field: "hUSER", value: "nan" },
          { kind: "set-field", key: generationA, field: "!types", value: "USER,HOST" },
          { kind: "set-field", key: generationA, field: "!gen", value: "1:0:0" },
          { kind: "call", keys: scopeKeys, input: { ttlMs: 0 }, expected: corrupt("USER") },
        ],
      },
    ],
    ...scopeCases(readHighestInputs),
  },
  ownRedis(),
);
