import { testScript } from "@keyward/conformance";
import { block } from "./block.ts";
import { type ConnectedHost, connectHost } from "./fixtures/connect-host.ts";
import { blockCases } from "./fixtures/limit-cases.ts";

let host: ConnectedHost;

testScript(block, blockCases("log"), {
  redis: async () => {
    host = await connectHost();
    return host;
  },
  close: () => host.close(),
});
