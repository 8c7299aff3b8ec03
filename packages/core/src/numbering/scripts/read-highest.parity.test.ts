import { testScript } from "@keyward/conformance";
import { type ConnectedHost, connectHost } from "../fixtures/connect-host.ts";
import {
  anyScopeCall,
  onScope,
  readHighestInputs,
  scopeDisturbances,
  scopeDurationsMs,
} from "../fixtures/scope-calls.ts";
import { readHighest } from "./read-highest.ts";

let host: ConnectedHost;

testScript(
  readHighest,
  {
    calls: onScope(readHighestInputs),
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
