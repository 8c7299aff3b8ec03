import { testScript } from "@keyward/conformance";
import { type ConnectedHost, connectHost } from "../../scripts/fixtures/connect-host.ts";
import { countSlots } from "./count-slots.ts";
import { countCases, releaseCases, takeCases } from "./fixtures/slot-cases.ts";
import { releaseSlot } from "./release-slot.ts";
import { takeSlot } from "./take-slot.ts";

let host: ConnectedHost;
const targets = {
  redis: async () => {
    host = await connectHost();
    return host;
  },
  close: () => host.close(),
};

testScript(takeSlot, takeCases, targets);
testScript(releaseSlot, releaseCases, targets);
testScript(countSlots, countCases, targets);
