import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { checkCases, refundCases } from "./fixtures/limit-cases.ts";
import { limitScripts } from "./limit-scripts.ts";

const targets = ownRedis();

testScript(limitScripts["fixed-window"].check, checkCases("fixed-window"), targets);
testScript(limitScripts["fixed-window"].refund, refundCases("fixed-window"), targets);
