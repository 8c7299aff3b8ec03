import { askServer } from "@keyward/test-kit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ServedRedis, serveRedis } from "../fixtures/serve-redis.ts";

let served: ServedRedis;
beforeAll(async () => {
  served = await serveRedis({ maxCommands: 2_000 });
});
afterAll(() => served.stop());
beforeEach(async () => {
  await served.client().flushall();
});

const post = (path: string, commands: unknown) => served.ask(path, { body: JSON.stringify(commands) });

describe("pipelines", () => {
  it("answer each command in its place, even after one that fails", async () => {
    const pipeline = served.client().pipeline();
    pipeline.set("key", "text").incr("key").get("key");
    expect(await pipeline.exec({ keepErrors: true })).toMatchObject([
      { result: "OK" },
      { error: expect.stringContaining("ERR value is not an integer or out of range") },
      { result: "text" },
    ]);
  });

  it("refuse an unavailable command in its place, and run the others", async () => {
    const { status, text } = await post("/pipeline", [
      ["INCR", "n"],
      ["BLPOP", "list", 0],
      ["INCR", "n"],
    ]);
    expect(status).toBe(200);
    expect(text).toBe(`[{"result":1},{"error":"ERR Command is not available: 'BLPOP'"},{"result":2}]`);
  });

  it("let a later command call a script by its digest after an earlier one has loaded it", async () => {
    const script = "#!lua flags=allow-key-locking\nreturn redis.call('INCR', KEYS[1])";
    const pipeline = served.client().pipeline();
    pipeline.scriptLoad(script).eval(script, ["n"], []);
    const [digest, first] = await pipeline.exec<[string, number]>();
    expect([first, await served.client().evalsha(digest, ["n"], [])]).toEqual([1, 2]);
  });

  it("carry what the client batches by itself: a hundred reads in one request", async () => {
    const client = served.client();
    await client.set("key", 7);
    const before = Number(/cmdstat_get:calls=(\d+)/.exec(`${await commandStatistics()}`)?.[1] ?? 0);
    const reads = await Promise.all(Array.from({ length: 100 }, () => client.get("key")));
    expect(new Set(reads)).toEqual(new Set([7]));
    expect((client as unknown as { pipelineCounter: number }).pipelineCounter).toBeLessThanOrEqual(2);
    expect(`${await commandStatistics()}`).toContain(`cmdstat_get:calls=${before + 100},`);
  });

  it("are refused as a whole beyond the limit, and nothing runs", async () => {
    const { status, text } = await post(
      "/pipeline",
      Array.from({ length: 2_001 }, () => ["INCR", "n"]),
    );
    expect([status, text]).toEqual([400, '{"error":"ERR too many commands in one request. Limit: 2000"}']);
    expect(await served.client().get("n")).toBeNull();
  });
});

describe("transactions", () => {
  it("answer each command, and continue after one that fails while it runs", async () => {
    const { status, text } = await post("/multi-exec", [
      ["SET", "k", "v"],
      ["INCR", "k"],
      ["LRANGE", "none", 0, -1],
      ["GET", "k"],
    ]);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual([
      { result: "OK" },
      { error: "ERR value is not an integer or out of range" },
      { result: [] },
      { result: "v" },
    ]);
  });

  it.each([
    ["is unknown", ["NOSUCH", "secret"], "ERR unknown command 'NOSUCH'"],
    ["lacks an argument", ["SET", "secret"], "ERR wrong number of arguments for 'set' command"],
    ["isn't available", ["WATCH", "secret"], "ERR Command is not available: 'WATCH'"],
  ])("are discarded as a whole when a command %s", async (_, wrong, reason) => {
    const { status, text } = await post("/multi-exec", [["SET", "first", 1], wrong, ["SET", "last", 1]]);
    expect([status, JSON.parse(text).error]).toEqual([400, `EXECABORT Transaction discarded because of: ${reason}`]);
    expect(await served.client().exists("first", "last")).toBe(0);
    expect(await served.client().multi().set("first", 1).exec()).toEqual(["OK"]);
  });

  it("are contiguous: no other caller sees or changes a state in between", async () => {
    const client = served.client({ enableAutoPipelining: false });
    const transfer = () => client.multi().decr("a").decr("a").incr("b").incr("b").mget("a", "b").exec();
    const look = () => client.mget<[number | null, number | null]>("a", "b");
    const all = await Promise.all(Array.from({ length: 60 }, (_, n) => (n % 2 ? transfer() : look())));
    const pairs = all.map((reply) => (reply.length === 5 ? (reply[4] as number[]) : (reply as (number | null)[])));
    expect(pairs.filter(([a, b]) => Number(a) + Number(b) !== 0 || Number(a) % 2 !== 0)).toEqual([]);
    expect(await look()).toEqual([-60, 60]);
  });

  it("run nothing at all if Redis lets the user do everything except begin one", async () => {
    await askServer(served.redis.options, "ACL", "SETUSER", "default", "-multi");
    try {
      const { status, text } = await post("/multi-exec", [["SET", "k", "v"]]);
      expect([status, text]).toEqual([400, expect.stringContaining("NOPERM")]);
      expect(await served.client().get("k")).toBeNull();
    } finally {
      await askServer(served.redis.options, "ACL", "SETUSER", "default", "+multi");
    }
  });
});

function commandStatistics(): Promise<unknown> {
  return askServer(served.redis.options, "INFO", "commandstats");
}
