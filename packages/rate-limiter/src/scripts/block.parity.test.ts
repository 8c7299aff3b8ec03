import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { block } from "./block.ts";
import { blockCases } from "./fixtures/limit-cases.ts";

testScript(block, blockCases("log"), ownRedis());
