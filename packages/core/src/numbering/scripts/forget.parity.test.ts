import { testScript } from "@keyward/conformance";
import { type ConnectedHost, connectHost } from "../fixtures/connect-host.ts";
import { anyScopeCall, forgetInputs, onScope, scopeDisturbances, scopeDurationsMs } from "../fixtures/scope-calls.ts";
import { forget } from "./forget.ts";

let host: ConnectedHost;

testScript(
  forget,
  {
    calls: onScope(forgetInputs),
    others: anyScopeCall,
    disturbances: scopeDisturbances,
    durationsMs: scopeDurationsMs,
    sequences: 100,
  },
  {
    redis: async () => {
      host = await connectHost();
      return host;
    },
    close: () => host.close(),
  },
);
