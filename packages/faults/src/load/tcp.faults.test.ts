import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expected } from "../features/expected.ts";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { startTcpStore, type TcpStore } from "../staging/tcp-store.ts";
import { type LoadedStore, loadStore, meetingMs } from "./loaded-store.ts";

let store: TcpStore;
let loaded: LoadedStore;

beforeAll(async () => {
  store = await startTcpStore();
  loaded = await loadStore({ kind: "tcp", host: store.proxy.host, port: store.proxy.port }, 8);
});
afterAll(async () => {
  await loaded.stop();
  await store.stop();
});

describe("8 processes go on numbering, without a duplicate and with every token restored, while Redis is", {
  timeout: meetingMs,
}, () => {
  it.each(tcpFaults)("$name", async (fault) => {
    const report = await loaded.meet({ happen: () => fault.happen(store), mend: () => fault.mend(store) });
    expect(report).toMatchObject({ lost: 0, changed: 0 });
    if (expected[fault.name]?.["mask, new values"] === "sealed") expect(report.sealed).toBeGreaterThan(0);
  });
});
