import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { KeyValueBackend } from "@keyward/core";
import { until } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { failureOf } from "./fixtures/failure-of.ts";
import { base64, type StandIn, type StandInRequest, startStandIn, token } from "./fixtures/start-stand-in.ts";
import { createUpstashBackend } from "./upstash-backend.ts";

let server: StandIn;
let backend: KeyValueBackend;
beforeEach(async () => {
  server = await startStandIn();
  backend = createUpstashBackend({ url: server.url, token, timeoutMs: 5_000 });
});
afterEach(async () => {
  await backend.close();
  await server.stop();
});

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `key${index}`);

describe("calls made in one turn", () => {
  it("are one request to the pipeline, even a hundred reads", async () => {
    await Promise.all(numbered(100).map((key) => backend.set(key, `value of ${key}`)));
    expect(await Promise.all(numbered(100).map((key) => backend.get(key)))).toEqual(
      numbered(100).map((key) => `value of ${key}`),
    );
    expect(server.requests.map(({ path, commands }) => [path, commands.length])).toEqual([
      ["/pipeline", 100],
      ["/pipeline", 100],
    ]);
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      "upstash-encoding": "base64",
    });
  });

  it("keep their order, reads and writes alike", async () => {
    void backend.set("key", "first");
    const between = backend.get("key");
    void backend.set("key", "second");
    expect(await Promise.all([between, backend.getMany(["key", "other"])])).toEqual(["first", ["second", null]]);
    expect(server.requests).toHaveLength(1);
  });

  it("fail independently", async () => {
    server.handle = ({ answer }) =>
      answer([{ result: base64("one") }, { error: "WRONGTYPE Operation against a key" }, { result: base64("three") }]);
    const [one, two, three] = await Promise.allSettled(["1", "2", "3"].map((key) => backend.get(key)));
    expect([one, three]).toMatchObject([{ value: "one" }, { value: "three" }]);
    expect(two).toMatchObject({ reason: { code: "BACKEND_REJECTED", outcome: "not-applied" } });
  });

  it("have their own deadline and signal, and the others continue", async () => {
    let held: StandInRequest | undefined;
    server.handle = (request) => (held = request);
    const controller = new AbortController();
    const reason = new Error("the caller went away");
    const aborted = backend.get("a", { signal: controller.signal }).catch((error: unknown) => error);
    const late = failureOf(backend.get("b", { timeoutMs: 50 }));
    const patient = backend.get("c");
    await until("it was sent", () => held !== undefined);
    controller.abort(reason);
    expect(await aborted).toBe(reason);
    expect(await late).toMatchObject({ code: "BACKEND_TIMEOUT" });
    held?.answer([{ result: null }, { result: null }, { result: base64("there") }]);
    expect(await patient).toBe("there");
  });

  it("are dropped before they leave if nobody waits any more", async () => {
    const controller = new AbortController();
    const aborted = backend.set("a", "value", { signal: controller.signal }).catch(() => "aborted");
    const other = backend.get("b");
    controller.abort();
    expect(await Promise.all([aborted, other])).toEqual(["aborted", null]);
    expect(server.requests.map(({ commands }) => commands)).toEqual([[["get", "b"]]]);
  });

  it("are split if a request would have more than a megabyte or 500 commands", async () => {
    await Promise.all(numbered(5).map((key) => backend.set(key, "x".repeat(400_000))));
    // They leave in order, and arrive in any order.
    const sizes = () => server.requests.map(({ commands }) => commands.length).sort((a, b) => b - a);
    expect(sizes()).toEqual([2, 2, 1]);
    await Promise.all(numbered(1_001).map((key) => backend.get(key)));
    expect(sizes()).toEqual([500, 500, 2, 2, 1, 1]);
    // Each letter takes three bytes.
    await Promise.all(numbered(3).map((key) => backend.set(key, "한".repeat(200_000))));
    expect(sizes()).toEqual([500, 500, 2, 2, 1, 1, 1, 1, 1]);
  });

  it("stay together when they are tried again", async () => {
    // On this slow machine, the clock has advanced at each look.
    const clock = performance.now.bind(performance);
    let slowness = 0;
    const slow = vi.spyOn(performance, "now").mockImplementation(() => {
      slowness += 0.1;
      return clock() + slowness;
    });
    onTestFinished(() => slow.mockRestore());
    server.handle = ({ answer }) => {
      server.handle = server.serve;
      answer("", 429);
    };
    await Promise.all(numbered(100).map((key) => backend.set(key, "value")));
    expect(server.requests.map(({ commands }) => commands.length)).toEqual([100, 100]);
  });

  it("are counted when they leave, each once", async () => {
    let sent = 0;
    const onSent = (commands: number) => {
      sent += commands;
    };
    const throwing = () => {
      throw new Error("a counter's own trouble");
    };
    const calls = [
      backend.get("a", { onSent }),
      backend.set("b", "", { onSent }),
      backend.get("c", { onSent: throwing }),
    ];
    expect(sent).toBe(0);
    await Promise.all(calls);
    expect(sent).toBe(2);
  });
});

describe("calls made in different turns", () => {
  it("don't wait for one another if they use different keys", async () => {
    const held: StandInRequest[] = [];
    server.handle = (request) => held.push(request);
    const slow = backend.set("slow", "value");
    await until("it was sent", () => held.length === 1);
    server.handle = server.serve;
    expect(await backend.get("other")).toBeNull();
    held[0]?.answer([{ result: "OK" }]);
    expect(await slow).toBe(true);
  });

  it("wait if they use the same key and one of them writes", async () => {
    let held: StandInRequest | undefined;
    server.handle = (request) => (held = request);
    const slow = backend.set("key", "new");
    await until("it was sent", () => held !== undefined);
    server.handle = server.serve;
    const reading = backend.get("key");
    expect(await backend.get("other")).toBeNull();
    expect(server.requests).toHaveLength(2);
    server.serve(held as StandInRequest);
    expect(await Promise.all([slow, reading])).toEqual([true, "new"]);
  });

  it("that wait for another and run out of time were never sent", async () => {
    server.handle = () => {};
    const slow = failureOf(backend.set("key", "value", { timeoutMs: 300 }));
    await until("it was sent", () => server.requests.length === 1);
    expect(await failureOf(backend.set("key", "other", { timeoutMs: 50 }))).toMatchObject({
      code: "BACKEND_TIMEOUT",
      outcome: "not-applied",
    });
    expect(await slow).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    expect(server.requests).toHaveLength(1);
  });

  it("are gathered while many requests are under way", async () => {
    const held: StandInRequest[] = [];
    server.handle = (request) => held.push(request);
    const slow: Promise<unknown>[] = [];
    for (let index = 0; index < 16; index += 1) {
      slow.push(backend.get(`slow${index}`));
      await until("it was sent", () => held.length === index + 1);
    }
    server.handle = server.serve;
    const gathered: Promise<unknown>[] = [];
    for (let index = 0; index < 5; index += 1) {
      gathered.push(backend.get(`key${index}`));
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const request of held) request.answer([{ result: null }]);
    await Promise.all([...slow, ...gathered]);
    expect(server.requests.slice(16).map(({ commands }) => commands.length)).toEqual([5]);
  });
});

describe("calls that nobody waits for any more", () => {
  it("aren't kept while hanging requests let nothing leave", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    server.handle = () => {};
    for (let index = 0; index < 16; index += 1) {
      void failureOf(backend.get(`slow${index}`));
      await until("it was sent", () => server.requests.length === index + 1);
    }
    const abandon = async () => {
      const onSent = () => {};
      await failureOf(backend.set("key", "value", { onSent, timeoutMs: 1 }));
      return new WeakRef(onSent);
    };
    const call = await abandon();
    await until(
      "it is let go",
      () => {
        collect();
        return call.deref() === undefined;
      },
      { timeoutMs: 3_000 },
    );
    expect(server.requests).toHaveLength(16);
  });
});

describe("calls that don't need the store", () => {
  it("send nothing", async () => {
    expect(await backend.getMany([])).toEqual([]);
    expect(await backend.delete([])).toBe(0);
    expect(server.requests).toEqual([]);
  });
});
