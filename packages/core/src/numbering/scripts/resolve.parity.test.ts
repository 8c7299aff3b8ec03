import { testScript } from "@keyward/conformance";
import { type ConnectedHost, connectHost } from "../fixtures/connect-host.ts";
import { anyScopeCall, onScope, resolveInputs, scopeDisturbances, scopeDurationsMs } from "../fixtures/scope-calls.ts";
import { resolve } from "./resolve.ts";

let host: ConnectedHost;

testScript(
  resolve,
  {
    calls: onScope(resolveInputs),
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
