import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createIoredisBackend } from "@keyward/ioredis";
import { createConcurrencyLimiter } from "@keyward/rate-limiter";
import { type RedisServer, startRedis, startTcpProxy, until } from "@keyward/test-kit";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { SlotMessage, SlotTask } from "./slot-task.ts";

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

function start(task: Omit<SlotTask, "url" | "serverUrl">, url = server.url): [ChildProcess, SlotMessage[]] {
  const told: SlotMessage[] = [];
  const own: SlotTask = { url, serverUrl: server.url, ...task };
  const child = fork(fileURLToPath(new URL("worker.ts", import.meta.url)), [JSON.stringify(own)], {
    execArgv: [],
    env: { PATH: process.env["PATH"] },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  child.on("message", (message: SlotMessage) => told.push(message));
  return [child, told];
}

/** A limiter of this process, on the same slots. */
function openHere(limit: number) {
  const backend = createIoredisBackend({ url: server.url, timeoutMs: 5_000 });
  onTestFinished(() => backend.close());
  return createConcurrencyLimiter({ limit, backend });
}

async function stop(children: readonly ChildProcess[]): Promise<void> {
  const ended = children.map((child) => once(child, "exit"));
  for (const child of children) child.send("stop");
  await Promise.all(ended);
}

const runningOf = (told: readonly SlotMessage[]) =>
  told.flatMap((message) => (message.kind === "running" ? [message.running] : []));

it("never do more run than the limit, when eight processes work on one key and their connections break", async () => {
  const proxy = await startTcpProxy(server);
  onTestFinished(() => proxy.stop());
  const limit = 5;
  // Half of them have a way to the store that is cut again and again.
  const fleet = Array.from({ length: 8 }, (_, index) =>
    start(
      { key: "crowded", limit, lease: "10s", atOnce: 4, mode: "work" },
      index % 2 === 0 ? server.url : `redis://${proxy.host}:${proxy.port}`,
    ),
  );
  const everything = () => fleet.map(([, told]) => runningOf(told));
  await until("each has worked", () => everything().every((running) => running.length > 20));
  for (let cut = 0; cut < 20; cut += 1) {
    proxy.cut();
    await pause(100);
  }
  await until("each has worked on", () => everything().every((running) => running.length > 60));
  await stop(fleet.map(([child]) => child));
  const running = everything().flat();
  console.log(`${running.length} pieces of work by 8 processes, at most ${Math.max(...running)} at a time`);
  expect(Math.max(...running)).toBe(limit);
}, 60_000);

it("a holder that is killed frees its slot when its lease ends, and one that waits gets it", async () => {
  const [holder, told] = start({ key: "kept", limit: 1, lease: "2s", atOnce: 0, mode: "keep" });
  await until("it has the slot", () => runningOf(told).includes(1));
  // Longer than its lease: it has been renewed.
  await pause(3_000);
  const limiter = openHere(1);
  expect((await limiter.acquire("kept", { maxWait: 0 })).acquired).toBe(false);
  const waiting = limiter.acquire("kept");
  holder.kill("SIGKILL");
  const killedAt = performance.now();
  const slot = await waiting;
  expect(slot.acquired).toBe(true);
  console.log(`a slot that nobody holds any more was given on after ${Math.round(performance.now() - killedAt)} ms`);
  if (slot.acquired) await slot.release();
}, 60_000);
