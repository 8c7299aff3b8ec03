import { type SentinelGroup, startSentinel, until } from "@keyward/test-kit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LoadedStore, loadStore, meetingMs } from "./loaded-store.ts";

let group: SentinelGroup;
let loaded: LoadedStore;

beforeAll(async () => {
  group = await startSentinel();
  const sentinels = group.addresses.map(({ host, port }) => ({ host, port }));
  loaded = await loadStore({ kind: "sentinel", name: group.name, sentinels }, 8);
});
afterAll(async () => {
  await loaded.stop();
  await group.stop();
});

it("8 processes go on numbering, without a duplicate, while Sentinel makes another server the master", {
  timeout: meetingMs,
}, async () => {
  const former = await group.master();
  const report = await loaded.meet({
    happen: () => former.kill("SIGKILL"),
    mend: () => until("another master is named", async () => (await group.master()) !== former),
  });
  expect(report.sealed).toBeGreaterThan(0);
});
