import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expected } from "../features/expected.ts";
import { restFaults } from "../staging/rest-faults.ts";
import { type RestStore, startRestStore } from "../staging/rest-store.ts";
import { type LoadedStore, loadStore, meetingMs } from "./loaded-store.ts";

let store: RestStore;
let loaded: LoadedStore;

beforeAll(async () => {
  store = await startRestStore();
  loaded = await loadStore({ kind: "rest", url: store.proxy.url, token: store.token }, 4);
});
afterAll(async () => {
  await loaded.stop();
  await store.stop();
});

/** One fault of each kind. A wrong token isn't among them: with it no new values are accepted, so nothing goes on. */
const kinds = [
  "refused",
  "429",
  "500",
  "never answers",
  "cut at each reply",
  "truncated replies",
  "replies that are no JSON",
];
const faults = restFaults.filter(({ name }) => kinds.includes(name.slice("REST ".length)));

describe("4 processes go on numbering, without a duplicate and with every token restored, over", {
  timeout: meetingMs,
}, () => {
  it.each(faults)("$name", async (fault) => {
    const report = await loaded.meet({ happen: () => fault.happen(store), mend: () => fault.mend(store) });
    expect(report).toMatchObject({ lost: 0, changed: 0 });
    if (expected[fault.name]?.["mask, new values"] === "sealed") expect(report.sealed).toBeGreaterThan(0);
  });
});
