import { type SentinelGroup, startSentinel } from "@keyward/test-kit";
import { afterAll, beforeAll, describe } from "vitest";
import { testOver, timeoutMs } from "./fixtures/conformance.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

let group: SentinelGroup;
beforeAll(async () => {
  // Long enough that the Sentinels don't take a stall for a failure.
  group = await startSentinel({ downAfterMs: 60_000 });
});
afterAll(() => group.stop());

describe("a master behind Sentinel", () => {
  testOver(
    () => group.servers,
    () => createIoredisBackend({ sentinels: group.addresses, name: group.name, timeoutMs }),
  );
});
