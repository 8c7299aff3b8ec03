import { testScript } from "@keyward/conformance";
import { type ConnectedHost, connectHost } from "../fixtures/connect-host.ts";
import {
  anyScopeCall,
  completeIndexInputs,
  onScope,
  scopeDisturbances,
  scopeDurationsMs,
} from "../fixtures/scope-calls.ts";
import { completeIndex } from "./complete-index.ts";

let host: ConnectedHost;

testScript(
  completeIndex,
  {
    calls: onScope(completeIndexInputs),
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
