import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { checkCases, refundCases } from "./fixtures/limit-cases.ts";
import { scripts } from "./scripts.ts";

const targets = ownRedis();

testScript(scripts["fixed-window"].check, checkCases("fixed-window"), targets);
testScript(scripts["fixed-window"].refund, refundCases("fixed-window"), targets);
