import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { resolveInputs, scopeCases } from "../fixtures/scope-calls.ts";
import { resolve } from "./resolve.ts";

testScript(resolve, scopeCases(resolveInputs), ownRedis());
