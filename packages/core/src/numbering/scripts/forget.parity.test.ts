import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { forgetInputs, scopeCases } from "../fixtures/scope-calls.ts";
import { forget } from "./forget.ts";

testScript(forget, scopeCases(forgetInputs), ownRedis());
