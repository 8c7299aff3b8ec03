import { ownRedis } from "@keyward/test-kit";
import { countInWindow } from "./fixtures/count-in-window.ts";
import { countInWindowCases } from "./fixtures/count-in-window-cases.ts";
import { testScript } from "./test-script.ts";

testScript(countInWindow, countInWindowCases, ownRedis());
