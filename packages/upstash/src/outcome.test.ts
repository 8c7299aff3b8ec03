import type { KeyValueBackend } from "@keyward/core";
import { increment, until } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failureOf } from "./fixtures/failure-of.ts";
import { base64, type StandIn, type StandInRequest, startStandIn, token } from "./fixtures/start-stand-in.ts";
import { createUpstashBackend } from "./upstash-backend.ts";

let server: StandIn;
let backend: KeyValueBackend;
beforeEach(async () => {
  server = await startStandIn();
  backend = createUpstashBackend({ url: server.url, token, timeoutMs: 250 });
});
afterEach(async () => {
  vi.useRealTimers();
  await backend.close();
  await server.stop();
});

const withMovedClock = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
const write = () => backend.set("key", "value");
const step = () => backend.run(increment, ["key"], { by: 1 });

/** What the server does with every request, and the code with which a write then fails. */
const unknownForWrites: [title: string, handle: (request: StandInRequest) => void, code: string][] = [
  ["408", ({ answer }) => answer("", 408), "BACKEND_UNAVAILABLE"],
  ["500", ({ answer }) => answer({ error: "ERR internal" }, 500), "BACKEND_UNAVAILABLE"],
  ["502 with a page", ({ answer }) => answer("<html>Bad gateway</html>", 502), "BACKEND_UNAVAILABLE"],
  ["503", ({ answer }) => answer("", 503), "BACKEND_UNAVAILABLE"],
  ["504", ({ answer }) => answer("", 504), "BACKEND_UNAVAILABLE"],
  ["a broken connection", ({ cut }) => cut(), "BACKEND_UNAVAILABLE"],
  ["a connection broken in the body", cutInTheBody, "BACKEND_UNAVAILABLE"],
  ["no answer", () => {}, "BACKEND_TIMEOUT"],
  ["an answer without an end", neverEnding, "BACKEND_TIMEOUT"],
  ["JSON that is cut short", ({ answer }) => answer('[{"result":"O'), "BACKEND_REPLY_INVALID"],
  ["something else than JSON", ({ answer }) => answer("<html>hello</html>"), "BACKEND_REPLY_INVALID"],
  ["nothing", ({ answer }) => answer(""), "BACKEND_REPLY_INVALID"],
  ["an object instead of results", ({ answer }) => answer({ result: "OK" }), "BACKEND_REPLY_INVALID"],
  ["too few results", ({ answer }) => answer([]), "BACKEND_REPLY_INVALID"],
  ["too many results", ({ answer }) => answer([{ result: "OK" }, { result: "OK" }]), "BACKEND_REPLY_INVALID"],
  ["neither result nor error", ({ answer }) => answer([{}]), "BACKEND_REPLY_INVALID"],
  ["null for a result", ({ answer }) => answer([null]), "BACKEND_REPLY_INVALID"],
  ["a result of another kind", ({ answer }) => answer([{ result: { a: 1 } }]), "BACKEND_REPLY_INVALID"],
];

describe.each(unknownForWrites)("a server that answers with %s", (_title, handle, code) => {
  it("leaves the outcome of a write unknown, and it isn't sent again", async () => {
    server.handle = handle;
    expect(await failureOf(write())).toMatchObject({ code, outcome: "unknown" });
    expect(await failureOf(step())).toMatchObject({ code, outcome: "unknown", operation: "run:increment" });
    expect(server.requests).toHaveLength(2);
  });

  it("makes a read fail as not applied", async () => {
    server.handle = handle;
    expect(await failureOf(backend.get("key"))).toMatchObject({ outcome: "not-applied" });
  });
});

describe.each([408, 500, 502, 503, 504])("after a %i", (status) => {
  it("a read is tried again until its deadline", async () => {
    await write();
    let count = 0;
    server.handle = (request) => (++count < 3 ? request.answer("", status) : server.serve(request));
    let sent = 0;
    expect(
      await backend.get("key", {
        timeoutMs: 5_000,
        onSent: (commands) => {
          sent += commands;
        },
      }),
    ).toBe("value");
    expect(sent).toBe(3);
  });
});

describe("refusals", () => {
  it.each([401, 403])("with %i are final and nothing was applied", async (status) => {
    server.handle = ({ answer }) => answer({ error: "WRONGPASS invalid or missing auth token" }, status);
    for (const call of [write, step, () => backend.ping()]) {
      expect(await failureOf(call())).toMatchObject({
        code: "BACKEND_REJECTED",
        outcome: "not-applied",
        retryable: false,
      });
    }
    expect(server.requests).toHaveLength(3);
  });

  it.each([400, 404, 405])("with %i are final, too", async (status) => {
    server.handle = ({ answer }) => answer({ error: "ERR no" }, status);
    expect(await failureOf(write())).toMatchObject({ code: "BACKEND_REJECTED", outcome: "not-applied" });
    expect(server.requests).toHaveLength(1);
  });

  it("by a redirection are final: nothing is sent elsewhere", async () => {
    const elsewhere = await startStandIn();
    server.handle = ({ response }) => response.writeHead(307, { location: `${elsewhere.url}/pipeline` }).end();
    expect(await failureOf(write())).toMatchObject({ code: "BACKEND_REJECTED", outcome: "not-applied" });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.stop();
  });

  it("with 429 have applied nothing, and are tried again until the deadline", async () => {
    server.handle = ({ answer }) => answer({ error: "too many" }, 429);
    expect(await failureOf(write())).toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      outcome: "not-applied",
      retryable: true,
    });
    let count = 0;
    server.handle = (request) => (++count === 1 ? request.answer("", 429) : server.serve(request));
    expect(await write()).toBe(true);
  });

  it("leave no doubt when another try could hardly be answered in time", async () => {
    withMovedClock();
    server.handle = () => {};
    const writing = failureOf(write());
    await until("it was sent", () => server.requests.length === 1);
    vi.advanceTimersByTime(100);
    server.requests[0]?.answer("", 429);
    expect(await writing).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "not-applied" });
    expect(server.requests).toHaveLength(1);
  });

  it("keep later calls behind those that are tried again", async () => {
    let refused: StandInRequest | undefined;
    server.handle = (request) => (refused = request);
    const writing = backend.set("key", "value", { timeoutMs: 5_000 });
    await until("it was sent", () => refused !== undefined);
    server.handle = server.serve;
    const reading = backend.get("key", { timeoutMs: 5_000 });
    refused?.answer("", 429);
    expect(await Promise.all([writing, reading])).toEqual([true, "value"]);
  });

  it("for a command that is too large say so", async () => {
    server.handle = ({ answer }) => answer({ error: "ERR max request size exceeded. Limit: 1048576 bytes" }, 413);
    expect(await failureOf(write())).toMatchObject({
      code: "BACKEND_REJECTED",
      outcome: "not-applied",
      message: "set: the request is larger than the plan allows",
    });
  });

  it.each([
    "ERR max daily request limit exceeded. Limit: 10000, Usage: 10001. See https://upstash.com/docs",
    "ERR max requests limit exceeded",
  ])("because of a used-up quota aren't tried again: %s", async (error) => {
    for (const status of [200, 400, 429]) {
      server.handle = ({ answer }) => (status === 200 ? answer([{ error }]) : answer({ error }, status));
      const before = server.requests.length;
      expect(await failureOf(step())).toMatchObject({
        code: "BACKEND_UNAVAILABLE",
        outcome: "not-applied",
        retryable: true,
        message: "run:increment: the plan's number of requests is used up",
      });
      expect(server.requests.length - before).toBe(1);
    }
  });

  it("for lack of room are BACKEND_FULL", async () => {
    for (const error of ["OOM command not allowed", "ERR DB capacity quota exceeded"]) {
      server.handle = ({ answer }) => answer([{ error }]);
      expect(await failureOf(write())).toMatchObject({ code: "BACKEND_FULL", outcome: "not-applied" });
    }
  });

  it("in the middle of a script leave its outcome unknown", async () => {
    server.handle = ({ answer }) =>
      answer([{ error: "ERR DB capacity quota exceeded script: f_abc, on @user_script:3." }]);
    expect(await failureOf(step())).toMatchObject({ code: "BACKEND_FULL", outcome: "unknown" });
  });

  it("by a server that is loading are temporary, and the order is kept meanwhile", async () => {
    let count = 0;
    server.handle = (request) => {
      count += 1;
      if (count > 1) server.serve(request);
      else request.answer([{ error: "LOADING Redis is loading" }, { error: "LOADING Redis is loading" }]);
    };
    expect(await Promise.all([write(), backend.get("key")])).toEqual([true, "value"]);
  });

  it("name a script's line by the author's count", async () => {
    server.handle = ({ answer }) => answer([{ error: "ERR oops script: f_abc, on @user_script:3." }]);
    expect((await failureOf(step())).message).toBe("run:increment: the server answered ERR (line 2 of the script)");
  });
});

describe("a server that can't be reached", () => {
  it("has applied nothing, and is tried until the deadline", async () => {
    await server.stop();
    withMovedClock();
    let tries = 0;
    let failure: unknown;
    void failureOf(backend.set("key", "value", { onSent: () => (tries += 1) })).then((error) => (failure = error));
    const start = performance.now();
    while (failure === undefined) {
      await until("it waits for the next try, or no longer", () => vi.getTimerCount() !== 1 || failure !== undefined);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(failure).toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      outcome: "not-applied",
      retryable: true,
      message: expect.stringContaining("ECONNREFUSED"),
    });
    expect(tries).toBeGreaterThan(1);
    expect(performance.now() - start).toBeLessThanOrEqual(251);
    server = await startStandIn();
  });

  it("has applied nothing either if its name is unknown", async () => {
    const elsewhere = createUpstashBackend({ url: "http://nowhere.invalid", token, timeoutMs: 3_000 });
    expect(await failureOf(elsewhere.set("key", "value"))).toMatchObject({ outcome: "not-applied" });
    await elsewhere.close();
  });
});

describe("deadlines", () => {
  it.each([20, 100, 300])("end every call on time and not earlier: after %i ms", async (timeoutMs) => {
    withMovedClock();
    server.handle = () => {};
    let failures = 0;
    for (const call of [backend.get("key", { timeoutMs }), backend.set("other", "value", { timeoutMs })]) {
      void failureOf(call).then(() => (failures += 1));
    }
    await until("they were sent", () => server.requests.length === 1);
    await vi.advanceTimersByTimeAsync(timeoutMs - 1);
    expect(failures).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(failures).toBe(2);
  });

  it("grow with what is sent, and drop a request that nobody waits for", async () => {
    let closed = false;
    server.handle = ({ response }) => response.once("close", () => (closed = true));
    const start = performance.now();
    await failureOf(backend.set("key", "x".repeat(200 * 1024)));
    expect(performance.now() - start).toBeGreaterThan(445);
    await until("the connection was closed", () => closed);
  });

  it("leave the outcome of a sent write unknown, as closing does", async () => {
    server.handle = () => {};
    const pending = failureOf(backend.set("key", "value", { timeoutMs: 20_000 }));
    await until("it was sent", () => server.requests.length === 1);
    const unsent = failureOf(backend.set("key", "other", { timeoutMs: 20_000 }));
    await backend.close();
    expect(await pending).toMatchObject({ code: "BACKEND_CLOSED", outcome: "unknown" });
    expect(await unsent).toMatchObject({ code: "BACKEND_CLOSED", outcome: "not-applied" });
  });
});

describe("replies", () => {
  it("with an integer beyond 2^53 are invalid, never rounded", async () => {
    for (const number of ["9007199254740993", "-9007199254740992", "1.5", "1e400"]) {
      server.handle = ({ answer }) => answer(`[{"result":${number}}]`);
      expect(await failureOf(step())).toMatchObject({ code: "BACKEND_REPLY_INVALID", outcome: "unknown" });
    }
    server.handle = ({ answer }) => answer('[{"result":9007199254740991}]');
    expect(await step()).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("for another command aren't accepted", async () => {
    server.handle = ({ answer }) => answer([{ result: base64("value") }]);
    expect(await failureOf(write())).toMatchObject({ code: "BACKEND_REPLY_INVALID", outcome: "unknown" });
    expect(await failureOf(backend.ping())).toMatchObject({ code: "BACKEND_REPLY_INVALID", outcome: "not-applied" });
    expect(await failureOf(backend.delete(["key"]))).toMatchObject({ code: "BACKEND_REPLY_INVALID" });
    server.handle = ({ answer }) => answer([{ result: 1 }]);
    expect(await failureOf(backend.get("key"))).toMatchObject({ code: "BACKEND_REPLY_INVALID" });
  });

  it("of a proxy that doesn't know Base64 are recognised by a ping", async () => {
    server.handle = ({ answer }) => answer([{ result: "PONG" }]);
    expect(await failureOf(backend.ping())).toMatchObject({ code: "BACKEND_REPLY_INVALID" });
  });

  it("with text that isn't Base64 are invalid", async () => {
    server.handle = ({ answer }) => answer([{ result: "*not base64*" }]);
    expect(await failureOf(backend.get("key"))).toMatchObject({ code: "BACKEND_REPLY_INVALID" });
  });

  it("keep a leading byte order mark", async () => {
    server.handle = ({ answer }) => answer([{ result: base64("\ufeffmark") }]);
    expect(await backend.get("key")).toBe("\ufeffmark");
  });

  it("pass on the token by which later reads see earlier writes", async () => {
    server.handle = (request) => {
      request.response.setHeader("upstash-sync-token", "position-7");
      server.serve(request);
    };
    await write();
    await backend.get("key");
    expect(server.requests.map(({ headers }) => headers["upstash-sync-token"])).toEqual(["", "position-7"]);
  });

  it("keep that token even if a read was under way during the write", async () => {
    let reading: StandInRequest | undefined;
    server.handle = (request) => (reading = request);
    const read = backend.get("other");
    await until("the read is under way", () => reading !== undefined);
    server.handle = (request) => {
      request.response.setHeader("upstash-sync-token", "position-8");
      server.serve(request);
    };
    await write();
    reading?.response.setHeader("upstash-sync-token", "position-7");
    server.serve(reading as StandInRequest);
    await read;
    await backend.get("key");
    expect(server.requests.at(-1)?.headers["upstash-sync-token"]).toBe("position-8");
  });
});

function cutInTheBody({ response }: StandInRequest): void {
  response.writeHead(200, { "content-length": "100" });
  response.write('[{"result":');
  setImmediate(() => response.destroy());
}

function neverEnding({ response }: StandInRequest): void {
  response.writeHead(200);
  response.write('[{"result":');
}
