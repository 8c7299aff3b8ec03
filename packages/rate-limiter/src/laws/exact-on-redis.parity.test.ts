import { adminClient, type RedisServer, startRedis } from "@keyward/test-kit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readCheckReply } from "../scripts/check-reply.ts";
import { scripts } from "../scripts/scripts.ts";
import { ExactLog } from "./exact-log.ts";
import { type Call, traffic } from "./traffic.ts";

const seed = Number(process.env["KEYWARD_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`seed ${seed}`);

const decisions = 100_000;
const together = 1_000;
let server: RedisServer;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

it("a limit of up to twice the precision is the exact sliding log on Redis too, in a hundred thousand decisions", async () => {
  const { check } = scripts.log;
  // Time is the test's own, and a key's end is the server's: parity tests hold it to its millisecond.
  const [before, after, ...more] = check.lua.split('"PX", format("%d", longest - at)');
  expect([typeof after, more]).toEqual(["string", []]);
  const client = adminClient(server.options);
  const digest = String(await client.script("LOAD", `${before}"PX", 86400000${after}`));
  const models = new Map<string, ExactLog>();
  const decide = async (calls: readonly Call[]) => {
    const pipeline = client.pipeline();
    for (const call of calls) pipeline.evalsha(digest, 1, `{${call.key}}`, `${call.now}`, ...check.args(call));
    for (const [index, [error, reply]] of ((await pipeline.exec()) ?? []).entries()) {
      if (error) throw error;
      const { key, rules, cost, mode, now } = calls[index] as Call;
      const model = models.get(key) ?? new ExactLog();
      models.set(key, model);
      const outcome = readCheckReply(reply as string, { rules });
      if (outcome.status === "unreadable") throw new Error("unreadable");
      const { waitMs, windows } = outcome;
      const told = { waitMs, remaining: windows.map((w) => w.remaining), resetMs: windows.map((w) => w.resetMs) };
      expect(told).toEqual(model.check(rules, cost, mode, now));
    }
  };
  let waiting: Call[] = [];
  for (const call of traffic(seed, decisions, 64, 32)) {
    waiting.push(call);
    if (waiting.length < together) continue;
    await decide(waiting);
    waiting = [];
  }
  await decide(waiting);
  client.disconnect();
});
