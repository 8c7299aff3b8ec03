import { testScript } from "@keyward/conformance";
import { type ConnectedHost, connectHost } from "./fixtures/connect-host.ts";
import { checkCases, refundCases } from "./fixtures/limit-cases.ts";
import { scripts } from "./scripts.ts";

let host: ConnectedHost;
const targets = {
  redis: async () => {
    host = await connectHost();
    return host;
  },
  close: () => host.close(),
};

testScript(scripts["fixed-window"].check, checkCases("fixed-window"), targets);
testScript(scripts["fixed-window"].refund, refundCases("fixed-window"), targets);
