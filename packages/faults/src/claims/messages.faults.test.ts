import { until } from "@keyward/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Fault, StagedStore } from "../staging/fault.ts";
import { restFaults } from "../staging/rest-faults.ts";
import { startRestStore } from "../staging/rest-store.ts";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { startTcpStore } from "../staging/tcp-store.ts";

const patient = { timeoutMs: 20_000 };

/** What was published and not heard was announced as a gap, and in the end messages arrive again. */
async function listenThrough<Store extends StagedStore>(store: Store, fault: Fault<Store>): Promise<void> {
  const listening = store.open(patient.timeoutMs);
  const publishing = store.open(patient.timeoutMs);
  onTestFinished(async () => {
    await Promise.all([listening.close(), publishing.close()]);
    await store.stop();
  });
  const heard = new Set<string>();
  let gaps = 0;
  const onGap = () => {
    gaps += 1;
  };
  await listening.subscribe("news", (message) => heard.add(message), { onGap });
  await publishing.publish("news", "before");
  await until("the first is heard", () => heard.has("before"));

  await fault.happen(store);
  const confirmed: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    const message = `during ${count}`;
    await publishing.publish("news", message, { timeoutMs: 100 }).then(
      () => confirmed.push(message),
      () => undefined,
    );
  }
  await fault.mend(store);

  let last = 0;
  await until("messages are heard again", async () => {
    const message = `after ${last++}`;
    await publishing.publish("news", message, patient);
    confirmed.push(message);
    return [...heard].some((each) => each.startsWith("after"));
  });
  await until("each is heard, or a gap is told of", () => gaps > 0 || confirmed.every((each) => heard.has(each)));
  expect([...heard].filter((message) => !/^(before|during \d|after \d+)$/.test(message))).toEqual([]);
}

describe("a listener hears what is published or is told of a gap, and hears again afterwards, through a store that is", () => {
  it.each(tcpFaults)("$name", async (fault) => listenThrough(await startTcpStore(), fault));
  it.each(restFaults)("$name", async (fault) => listenThrough(await startRestStore(), fault));
});
