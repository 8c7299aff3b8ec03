import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { checkCases, refundCases } from "./fixtures/limit-cases.ts";
import { scripts } from "./scripts.ts";

const targets = ownRedis();

testScript(scripts["gcra"].check, checkCases("gcra"), targets);
testScript(scripts["gcra"].refund, refundCases("gcra"), targets);
