import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startTcpProxy } from "@keyward/test-kit";
import { expect, it, onTestFinished } from "vitest";
import type { SoakReport, SoakTask } from "./soak.ts";

/** Some hundred thousand calls, enough to show anything that grows with each. `KEYWARD_SOAK_SECONDS=60` takes a whole minute. */
const seconds = Number(process.env["KEYWARD_SOAK_SECONDS"] ?? 8);
/** How much the thirds may differ for a heap that stays flat. */
const noiseBytes = 1_000_000;

it("the heap stays flat while the store is down at full load", async () => {
  const proxy = await startTcpProxy({ host: "127.0.0.1", port: 1 });
  await proxy.refuse();
  onTestFinished(() => proxy.stop());
  const task: SoakTask = { host: proxy.host, port: proxy.port, seconds };
  const soak = fork(fileURLToPath(new URL("soak.ts", import.meta.url)), [JSON.stringify(task)], {
    execArgv: ["--expose-gc"],
    env: { PATH: process.env["PATH"] },
  });
  const [{ heapBytes, operations }] = (await once(soak, "message")) as [SoakReport];
  const third = heapBytes.length / 3;
  const lowest = [0, 1, 2].map((place) => Math.min(...heapBytes.slice(place * third, (place + 1) * third)));
  const [, second = 0, last = 0] = lowest;
  console.log(`${operations} operations in ${seconds} s; the heap's thirds: ${lowest.map(inMebibytes).join(", ")} MiB`);
  expect(last).toBeLessThan(second + noiseBytes);
}, 120_000);

const inMebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(2);
