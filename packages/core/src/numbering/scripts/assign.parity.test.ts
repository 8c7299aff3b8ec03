import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { assignCases } from "../fixtures/assign-cases.ts";
import { assign } from "./assign.ts";

testScript(assign, { ...assignCases, sequences: 150 }, ownRedis());
