import { adminClient, type RedisServer, startRedis, until } from "@keyward/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { loadStore, meetingMs } from "./loaded-store.ts";

async function load() {
  const redis = await startRedis();
  const loaded = await loadStore({ kind: "tcp", host: redis.host, port: redis.port }, 4);
  onTestFinished(async () => {
    await loaded.stop();
    await redis.stop();
  });
  return { redis, loaded };
}

it("a Redis that comes back empty restores nothing to another original, leaves no value unmasked, and takes no sealed token along", {
  timeout: meetingMs,
}, async () => {
  const { redis, loaded } = await load();
  const report = await loaded.meet({
    forgets: true,
    async happen() {
      const { numbered, sealed } = loaded;
      await redis.kill("SIGKILL");
      await until("values are sealed", () => loaded.sealed > sealed);
      await redis.start();
      await until("values are numbered", () => loaded.numbered > numbered);
    },
    mend: () => undefined,
  });
  expect(report.sealed).toBeGreaterThan(0);
  expect(report.lost).toBeGreaterThan(0);
});

it("a Redis that evicts what wasn't used for longest gives no number twice, as a scope in use is used", {
  timeout: meetingMs,
}, async () => {
  const { redis, loaded } = await load();
  await fill(redis, "old", 10_000);
  const report = await loaded.meet({
    async happen() {
      const admin = adminClient(redis.options);
      await until(
        "the old keys have been idle for longer than the clock of evicting is fine",
        async () => Number(await admin.object("IDLETIME", "old:0")) >= 3,
      );
      const used = Number(/used_memory:(\d+)/.exec(await admin.info("memory"))?.[1]);
      await admin.config("SET", "maxmemory-policy", "allkeys-lru");
      await admin.config("SET", "maxmemory", `${used + 1_000_000}`);
      await fill(redis, "new", 5_000);
      expect(Number(/evicted_keys:(\d+)/.exec(await admin.info("stats"))?.[1])).toBeGreaterThan(1_000);
      admin.disconnect();
    },
    mend: () => undefined,
  });
  expect(report).toMatchObject({ lost: 0, changed: 0 });
});

async function fill(redis: RedisServer, name: string, count: number): Promise<void> {
  const admin = adminClient(redis.options);
  const pipeline = admin.pipeline();
  for (let index = 0; index < count; index += 1) pipeline.set(`${name}:${index}`, "x".repeat(500));
  await pipeline.exec();
  admin.disconnect();
}
