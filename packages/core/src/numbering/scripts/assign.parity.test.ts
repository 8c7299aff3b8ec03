import { testScript } from "@keyward/conformance";
import { assignCases } from "../fixtures/assign-cases.ts";
import { type ConnectedHost, connectHost } from "../fixtures/connect-host.ts";
import { assign } from "./assign.ts";

let host: ConnectedHost;

testScript(
  assign,
  { ...assignCases, sequences: 150 },
  {
    redis: async () => {
      host = await connectHost();
      return host;
    },
    close: () => host.close(),
  },
);
