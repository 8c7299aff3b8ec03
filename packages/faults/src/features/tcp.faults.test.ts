import { describe, it, onTestFinished } from "vitest";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { startTcpStore } from "../staging/tcp-store.ts";
import { meetFault } from "./test-fault.ts";

describe("what users see, by the deadline, of a Redis that is", () => {
  it.each(tcpFaults)("$name", async (fault) => {
    const store = await startTcpStore();
    onTestFinished(() => store.stop());
    await meetFault(store, fault);
  });
});
