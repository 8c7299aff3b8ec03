import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { completeIndexInputs, scopeCases } from "../fixtures/scope-calls.ts";
import { completeIndex } from "./complete-index.ts";

testScript(completeIndex, scopeCases(completeIndexInputs), ownRedis());
