import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ServedRedis, serveRedis } from "../fixtures/serve-redis.ts";

const maxRequestBytes = 100_000;

let served: ServedRedis;
beforeAll(async () => {
  served = await serveRedis({ maxRequestBytes });
});
afterAll(() => served.stop());
afterEach(async () => {
  expect(await served.ask("/ping")).toMatchObject({ status: 200, text: '{"result":"PONG"}' });
});

/** Sends bytes to the server as they are, and returns everything that it sends until it hangs up. */
function send(bytes: string | Buffer, { hangUp = false } = {}): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(served.server.url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes, () => hangUp && socket.destroy()));
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(received));
  });
}

const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("a malformed body", () => {
  it.each([
    ["nothing", ""],
    ["no JSON", "SET foo bar"],
    ["cut JSON", '["SET","foo'],
    ["an unclosed string of quotes", `["${'\\"'.repeat(40_000)}`],
    ["an object", '{"0":"SET"}'],
    ["text", '"PING"'],
    ["null", "null"],
    ["a number", "1"],
    ["no command", "[]"],
    ["an empty name", '[""]'],
    ["null in it", '["GET",null]'],
    ["an array in it", '["GET",["a"]]'],
    ["an object in it", '["GET",{"__proto__":{"polluted":1}}]'],
    ["nesting without end", deep(49_000)],
    ["a number without end in nesting", `[[[1e999,${"9".repeat(10_000)}]]]`],
    ["bytes that aren't UTF-8", new Uint8Array([91, 34, 255, 254, 34, 93])],
  ])("is answered with 400 everywhere: %s", async (_, body) => {
    for (const path of ["/", "/pipeline", "/multi-exec"]) {
      const { status, text } = await served.ask(path, { body });
      expect([path, status, Object.keys(JSON.parse(text))]).toEqual([path, 400, ["error"]]);
    }
  });

  it.each(["[[]]", '["PING"]', '[["PING"],"PING"]', '[[["PING"]]]', '[["GET",{}]]'])(
    "of several commands is answered with 400 as a whole: %s",
    async (body) => {
      expect(await served.ask("/pipeline", { body })).toMatchObject({ status: 400 });
      expect(await served.ask("/multi-exec", { body })).toMatchObject({ status: 400 });
    },
  );

  it("is always answered in JSON, whatever JSON it is", async () => {
    const seed = Number(process.env["FC_SEED"] ?? Date.now());
    console.log(`seed ${seed}`);
    const paths = fc.constantFrom("/", "/pipeline", "/multi-exec");
    await fc.assert(
      fc.asyncProperty(paths, fc.json({ maxDepth: 4 }), async (path, body) => {
        const { status, text } = await served.ask(path, { body });
        expect([200, 400]).toContain(status);
        JSON.parse(text);
      }),
      { seed, numRuns: 200 },
    );
  });

  it("sets no property on any other object", async () => {
    await served.ask("/", { body: '["ECHO",{"__proto__":{"polluted":1e999}}]' });
    await served.ask("/pipeline", { body: '[["ECHO",1e999],{"__proto__":{"polluted":1}}]' });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("names with a meaning in JavaScript", () => {
  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s is an unknown command", async (name) => {
    const { status, text } = await served.ask("/", { body: JSON.stringify([name, "secret"]) });
    expect([status, text]).toEqual([400, `{"error":"ERR unknown command '${name.toUpperCase()}'"}`]);
    expect(await served.ask(`/${name}`)).toMatchObject({ status: 400 });
  });
});

describe("a size beyond the limit", () => {
  const tooLarge = "ERR max request size exceeded. Limit: 100000 bytes";

  it("is answered with 413, announced or not, and a body that fits exactly is served", async () => {
    const body = JSON.stringify(["ECHO", "x".repeat(maxRequestBytes - 11)]);
    expect(body).toHaveLength(maxRequestBytes);
    expect((await served.ask("/", { body })).status).toBe(200);
    const announced = await served.ask("/", { body: `${body} ` });
    expect([announced.status, announced.text]).toEqual([
      413,
      expect.stringContaining(`${tooLarge}, Actual: 100001 bytes`),
    ]);
    const stream = new Blob([body, " "]).stream();
    const unannounced = await served.ask("/", { body: stream, duplex: "half" } as RequestInit);
    expect([unannounced.status, unannounced.text]).toEqual([413, expect.stringContaining(tooLarge)]);
  });

  it("reaches the client as the error of the service", async () => {
    await expect(served.client().set("k", "x".repeat(maxRequestBytes))).rejects.toThrow(tooLarge);
  });
});

describe("a malformed request", () => {
  it.each([
    ["no HTTP", "hello\r\n\r\n"],
    ["a bad length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"],
    ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
    [
      "a length beside chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["headers without end", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(100_000)}\r\n\r\n`],
  ])("is refused, and its connection closed: %s", async (_, bytes) => {
    expect(await send(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it("that breaks off in its body is forgotten", async () => {
    const head = `POST / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${served.server.token}\r\nContent-Length: 50\r\n\r\n["SET"`;
    expect(await send(head, { hangUp: true })).toBe("");
  });

  it("with another method is answered with 405 and the allowed methods", async () => {
    for (const method of ["DELETE", "PATCH", "OPTIONS"]) {
      const { status, headers } = await served.ask("/", { method });
      expect([status, headers.get("allow")]).toEqual([405, "HEAD, GET, POST, PUT"]);
    }
  });

  it("without a command is answered with 400", async () => {
    for (const path of ["/", "//", "/?", "/%00", "/%zz/%", "/get", "//get"]) {
      expect([path, (await served.ask(path)).status]).toEqual([path, 400]);
    }
  });
});

describe("an error", () => {
  it("never quotes an argument", async () => {
    const secret = "s3cr3t-'value\"";
    const commands = [
      ["NOSUCH", secret, "more"],
      ["SCRIPT", secret],
      ["XREADGROUP", "GROUP", secret, "c", "STREAMS", secret, ">"],
      ["SET", "k", "v", secret],
      ["EXPIRE", "k", secret],
      ["OBJECT", secret, "k"],
      ["ACL", "GETUSER", secret, secret],
      ["FUNCTION", "DELETE", secret],
      ["FCALL", secret, "0"],
      ["COMMAND", "INFO", secret, secret],
      ["BLPOP", secret, "0"],
    ];
    for (const path of ["/pipeline", "/multi-exec"]) {
      const { text } = await served.ask(path, { body: JSON.stringify(commands) });
      expect(text).not.toContain("s3cr3t");
      expect(text).toContain("error");
    }
  });
});
