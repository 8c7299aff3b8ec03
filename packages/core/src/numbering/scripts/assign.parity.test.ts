import { testScript } from "@keyward/conformance";
import { type ConnectedHost, connectHost } from "../fixtures/connect-host.ts";
import { anyScopeCall, assignInputs, onScope, scopeDisturbances, scopeDurationsMs } from "../fixtures/scope-calls.ts";
import { assign } from "./assign.ts";

let host: ConnectedHost;

testScript(
  assign,
  {
    calls: onScope(assignInputs),
    others: anyScopeCall,
    disturbances: scopeDisturbances,
    durationsMs: scopeDurationsMs,
    sequences: 150,
  },
  {
    redis: async () => {
      host = await connectHost();
      return host;
    },
    close: () => host.close(),
  },
);
