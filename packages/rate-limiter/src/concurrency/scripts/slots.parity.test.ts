import { testScript } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { countSlots } from "./count-slots.ts";
import { countCases, releaseCases, takeCases } from "./fixtures/slot-cases.ts";
import { releaseSlot } from "./release-slot.ts";
import { takeSlot } from "./take-slot.ts";

const targets = ownRedis();

testScript(takeSlot, takeCases, targets);
testScript(releaseSlot, releaseCases, targets);
testScript(countSlots, countCases, targets);
