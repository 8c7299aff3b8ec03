import { describe, it, onTestFinished } from "vitest";
import { restFaults } from "../staging/rest-faults.ts";
import { startRestStore } from "../staging/rest-store.ts";
import { meetFault } from "./test-fault.ts";

describe("what users see, by the deadline, of a store over", () => {
  it.each(restFaults)("$name", async (fault) => {
    const store = await startRestStore();
    onTestFinished(() => store.stop());
    await meetFault(store, fault);
  });
});
