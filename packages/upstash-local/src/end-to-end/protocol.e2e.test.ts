import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { type ServedRedis, serveRedis } from "../fixtures/serve-redis.ts";

let served: ServedRedis;
beforeAll(async () => {
  served = await serveRedis();
});
afterAll(() => served.stop());

const json = { "content-type": "application/json" };
const base64 = { "upstash-encoding": "base64" };
const result = async (path: string, init?: RequestInit) => (await served.ask(path, init)).text;

describe("a command in the path", () => {
  it.each([
    ["/set/foo/bar", '{"result":"OK"}'],
    ["/get/foo", '{"result":"bar"}'],
    ["/SET/foo/a%2Fb%20c%25/EX/100", '{"result":"OK"}'],
    ["/get/foo", '{"result":"a/b c%"}'],
    ["/mget/foo/absent", '{"result":["a/b c%",null]}'],
    ["/set/foo/new?XX&EX=100", '{"result":"OK"}'],
    ["/ttl/foo", '{"result":100}'],
    ["/set/foo/", '{"result":"OK"}'],
    ["/get/foo", '{"result":""}'],
    ["/echo/100%", '{"result":"100%"}'],
  ])("%s is answered by %s", async (path, expected) => {
    expect(await result(path)).toBe(expected);
  });

  it("uses the body of a POST or a PUT as its next argument, byte by byte, and then the query", async () => {
    const bytes = new Uint8Array([0, 255, 13, 10, 128, 34]);
    expect(await result("/set/bytes?EX=100", { body: bytes })).toBe('{"result":"OK"}');
    expect(await result("/get/bytes", { headers: base64 })).toBe(
      `{"result":"${Buffer.from(bytes).toString("base64")}"}`,
    );
    expect(await result("/ttl/bytes")).toBe('{"result":100}');
    expect(await result("/set/bytes", { method: "PUT", body: '{"a":1}' })).toBe('{"result":"OK"}');
    expect(await result("/get/bytes")).toBe('{"result":"{\\"a\\":1}"}');
  });

  it("answers HEAD with the status only", async () => {
    const answer = await served.ask("/ping", { method: "HEAD" });
    expect([answer.status, answer.text]).toEqual([200, ""]);
    expect((await served.ask("/nosuch", { method: "HEAD" })).status).toBe(400);
  });
});

describe("an answer", () => {
  it("is JSON that isn't cached, with a sync token that moves on", async () => {
    const [first, second] = [await served.ask("/ping"), await served.ask("/ping")];
    expect(first.headers.get("content-type")).toBe("application/json");
    expect(first.headers.get("cache-control")).toBe("no-store");
    const tokens = [first, second].map(({ headers }) => headers.get("upstash-sync-token"));
    expect(tokens).toEqual([expect.stringMatching(/^\S+$/), expect.stringMatching(/^\S+$/)]);
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  it("has a sync token that the client sends with its next request", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    onTestFinished(() => fetched.mockRestore());
    const client = served.client({ enableAutoPipelining: false });
    await client.set("k", "v");
    await client.get("k");
    const [written, read] = fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get("upstash-sync-token"));
    const answer = await fetched.mock.results[0]?.value;
    expect([written, read]).toEqual(["", answer.headers.get("upstash-sync-token")]);
    expect(read).not.toBe("");
  });

  it("can't be read by a page of another origin", async () => {
    const answer = await served.ask("/ping", { headers: { origin: "https://example.com" } });
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("has every string in base64 on request, even nested ones, but numbers, null and a whole OK as they are", async () => {
    const script = `return { 'a', 7, false, { 'OK', redis.call('SET', KEYS[1], 'OK') } }`;
    const body = JSON.stringify([
      ["EVAL", script, 1, "k"],
      ["GET", "k"],
      ["SET", "k", "v"],
      ["TYPE", "k"],
      ["INCR", "k"],
    ]);
    const answer = await result("/pipeline", { body, headers: { ...json, ...base64 } });
    expect(JSON.parse(answer)).toEqual([
      { result: ["YQ==", 7, null, ["T0s=", "T0s="]] },
      { result: "OK" },
      { result: "OK" },
      { result: "c3RyaW5n" },
      { error: "ERR value is not an integer or out of range" },
    ]);
  });

  it("shows bytes that aren't UTF-8 as U+FFFD without base64", async () => {
    await result("/set/bytes", { body: new Uint8Array([97, 255, 98]) });
    expect(await result("/get/bytes")).toBe('{"result":"a\uFFFDb"}');
  });

  it("keeps every digit of integers beyond 2^53, in both directions", async () => {
    expect(await result("/", { body: '["SET", "n", 9007199254740993]' })).toBe('{"result":"OK"}');
    expect(await result("/", { body: '["INCRBY", "n", 2]' })).toBe('{"result":9007199254740995}');
    expect(await result("/", { body: '["DECRBY", "n", 1e2]' })).toBe('{"result":9007199254740895}');
    expect(await result("/pipeline", { body: '[["ECHO", 12345678901234567890.10]]' })).toBe(
      '[{"result":"12345678901234567890.10"}]',
    );
  });

  it("has flat maps and doubles as text, in the shapes of RESP2", async () => {
    const body =
      '[["HSET","h","f","1"],["HGETALL","h"],["ZADD","z",1.5,"m"],["ZSCORE","z","m"],["ZRANGE","z",0,-1,"WITHSCORES"]]';
    expect(await result("/pipeline", { body })).toBe(
      '[{"result":1},{"result":["f","1"]},{"result":1},{"result":"1.5"},{"result":["m","1.5"]}]',
    );
  });

  it("is available only in JSON", async () => {
    expect((await served.ask("/ping", { headers: { "upstash-response-format": "json" } })).status).toBe(200);
    expect((await served.ask("/ping", { headers: { "upstash-response-format": "resp2" } })).status).toBe(400);
  });
});

describe("the token", () => {
  const wrong = '{"error":"WRONGPASS invalid or missing auth token"}';

  it("is read from the query as well, and isn't an argument then", async () => {
    const headers = { authorization: "" };
    expect(await result(`/echo/hello?_token=${served.server.token}`, { headers })).toBe('{"result":"hello"}');
  });

  it.each(["", "Bearer", "Bearer wrong", "Basic dXNlcjpwYXNz", "Bearer \u00ff", "wrong"])(
    "is refused as %j, alike for every path and method, and nothing runs",
    async (authorization) => {
      for (const init of [{}, { body: '["SET","intruder","1"]' }, { method: "DELETE" }]) {
        for (const path of ["/", "/set/intruder/1", "/pipeline", "/multi-exec", "/subscribe/x", "/monitor"]) {
          const answer = await served.ask(path, { ...init, headers: { authorization } });
          expect([answer.status, answer.text]).toEqual([401, wrong]);
        }
      }
      expect(await result("/exists/intruder")).toBe('{"result":0}');
    },
  );

  it("leads to the client's own error if it is refused", async () => {
    await expect(served.client({ token: "another-token" }).get("k")).rejects.toThrow(
      "WRONGPASS invalid or missing auth token",
    );
  });
});

describe("a command that isn't available", () => {
  it.each([
    [["SUBSCRIBE", "c"]],
    [["multi"]],
    [["BLPOP", "list", "0"]],
    [["CLIENT", "REPLY", "OFF"]],
    [["SELECT", "1"]],
    [["SHUTDOWN", "NOSAVE"]],
    [["XREAD", "COUNT", "1", "BLOCK", "0", "STREAMS", "s", "$"]],
    [["XREADGROUP", "GROUP", "STREAMS", "c", "BLOCK", "0", "STREAMS", "s", ">"]],
    [["XREADGROUP", "BLOCK", "0", "GROUP", "g", "c", "STREAMS", "s", ">"]],
    [["XREADGROUP", "COUNT", "1", "GROUP", "g", "STREAMS", "block", "0", "STREAMS", "s", ">"]],
    [["script", "Debug", "YES"]],
  ])("is refused: %j", async (command) => {
    const answer = await served.ask("/", { body: JSON.stringify(command) });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("ERR Command is not available: ")]);
  });

  it("is distinguished from a stream or a group with such a name", async () => {
    const body =
      '[["XADD","BLOCK","1-1","f","v"],["XGROUP","CREATE","BLOCK","BLOCK","0"],["XREAD","STREAMS","BLOCK","0"],["XREADGROUP","GROUP","BLOCK","BLOCK","STREAMS","BLOCK",">"]]';
    const answers = JSON.parse(await result("/pipeline", { body }));
    expect(answers.filter((each: object) => "error" in each)).toEqual([]);
  });
});
