import { type ConnectedHost, connectHost } from "./fixtures/connect-host.ts";
import { countInWindow } from "./fixtures/count-in-window.ts";
import { countInWindowCases } from "./fixtures/count-in-window-cases.ts";
import { testScript } from "./test-script.ts";

let host: ConnectedHost;

testScript(countInWindow, countInWindowCases, {
  redis: async () => {
    host = await connectHost();
    return host;
  },
  close: () => host.close(),
});
