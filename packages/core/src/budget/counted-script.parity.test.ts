import { testScript } from "@keyward/conformance";
import { adminClient, startRedis } from "@keyward/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takeBlock } from "../numbering/counter/take-block.ts";
import { assignCases } from "../numbering/fixtures/assign-cases.ts";
import { assign } from "../numbering/scripts/assign.ts";
import { defineScript } from "../script/define-script.ts";
import type { RawReply } from "../script/script.ts";
import { countingLua } from "./counted-script.ts";
import { countingRedis } from "./fixtures/counting-redis.ts";

/** Every shape of a reply: how Lua writes it, and how Redis returns it. */
const shapes: readonly (readonly [lua: string, raw: RawReply])[] = [
  ["nil", null],
  ["false", null],
  ["true", 1],
  ["0", 0],
  ["-7", -7],
  ["3.9", 3],
  ['"text"', "text"],
  ['""', ""],
  ["{}", []],
  ["{ nil }", []],
  ["{ 1, nil, 3 }", [1]],
  ['{ 1, false, "3", false }', [1, null, "3", null]],
  ["{ -1 }", [-1]],
  ['redis.status_reply("FINE")', "FINE"],
  ['redis.call("SET", KEYS[1], "x")', "OK"],
  ['redis.call("HMGET", KEYS[2], "a", "b")', [null, null]],
  ["redis.sha1hex('')", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
];

const answer = defineScript<{ readonly shape: number }, RawReply>({
  name: "answer",
  keys: ["text", "hash"],
  args: ({ shape }) => [`${shape}`],
  reply: (raw) => raw,
  lua: `-- errors name the line they are in
    local shape = tonumber(ARGV[2])
    ${shapes.map(([lua], place) => `if shape == ${place} then return ${lua} end`).join("\n")}`,
  memory: (store, [text = ""], [shape]) => {
    const [lua, raw] = shapes[Number(shape)] ?? ["", null];
    if (lua.includes("SET")) store.set(text, "x");
    return raw;
  },
});

describe("with its commands counted", () => {
  const targets = countingRedis();
  testScript(assign, { ...assignCases, sequences: 60 }, targets);

  const keys = ["counters:{invoice}:n"];
  const input = fc.record({ count: fc.constantFrom(1, 2, 1_500) });
  testScript(takeBlock, { calls: fc.record({ keys: fc.constant(keys), input }), sequences: 30 }, targets);

  const shape = fc.nat({ max: shapes.length - 1 });
  const answers = fc.record({ keys: fc.constant(["{a}:text", "{a}:hash"]), input: fc.record({ shape }) });
  const tables = shapes.map(([lua, reply], place) => ({
    title: `answers ${lua} as ${JSON.stringify(reply)}`,
    steps: [{ kind: "call" as const, keys: ["{a}:text", "{a}:hash"], input: { shape: place }, expected: { reply } }],
  }));
  testScript(answer, { tables, calls: answers, sequences: 30 }, targets);
});

describe("a counted script on Redis", () => {
  it("adds an item to the reply: the count, or -1 - count after a single value", async () => {
    const server = await startRedis();
    const client = adminClient(server.options);
    const run = (lua: string) => client.eval(countingLua(lua), 1, "key");
    try {
      expect(await run('return { redis.call("TIME")[3] or "none", redis.pcall("GET", KEYS[1]) }')).toEqual([
        "none",
        null,
        2,
      ]);
      expect(await run('local call = redis.call for _ = 1, 9 do call("GET", KEYS[1]) end return "x"')).toEqual([
        "x",
        -10,
      ]);
      expect(await run("-- says nothing")).toEqual([null, -1]);
      await expect(run('redis.call("GET", KEYS[1]) return redis.error_reply("GONE away")')).rejects.toThrow(
        /^GONE away/,
      );
      expect(await run('return redis.pcall("INCR", KEYS[1], 1, 2).err and "refused"')).toEqual(["refused", -2]);
    } finally {
      client.disconnect();
      await server.stop();
    }
  });

  it("fails like the script, at the same line; for a failing command the line is after the script's last", async () => {
    const server = await startRedis();
    const client = adminClient(server.options);
    const failure = (lua: string) => client.eval(lua, 1, "key").then(String, (error: Error) => error.message);
    const shapeOf = (message: string) => message.replace(/f_[0-9a-f]{40}/, "f_").replace(/[0-9a-f]{40}/, "");
    try {
      for (const lua of ["local a = 1\n\nreturn a + {}", "return undefinedName", "error('early')"]) {
        expect(shapeOf(await failure(countingLua(lua)))).toBe(shapeOf(await failure(lua)));
      }
      await client.set("key", "text");
      const lua = 'redis.call("GET", KEYS[1])\nreturn redis.call("HGET", KEYS[1], "field")';
      const [, line] = /@user_script:(\d+)/.exec(await failure(countingLua(lua))) ?? [];
      expect(Number(line)).toBeGreaterThan(2);
    } finally {
      client.disconnect();
      await server.stop();
    }
  });

  it("has room for 199 local variables and functions with 60 upvalues", async () => {
    const server = await startRedis();
    const client = adminClient(server.options);
    const names = Array.from({ length: 198 }, (_, place) => `local v${place} = ${place}\n`).join("");
    const sum = Array.from({ length: 59 }, (_, place) => `v${place}`).join(" + ");
    try {
      const lua = `${names}local function add() redis.call("TIME") return ${sum} end\nreturn add()`;
      expect(await client.eval(countingLua(lua), 1, "key")).toEqual([1711, -2]);
    } finally {
      client.disconnect();
      await server.stop();
    }
  });
});
