import type { KeyValueBackend } from "@keyward/core";
import { until } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failureOf } from "./fixtures/failure-of.ts";
import { type StandIn, type StandInRequest, startStandIn, token } from "./fixtures/start-stand-in.ts";
import { createUpstashBackend } from "./upstash-backend.ts";

let server: StandIn;
let backend: KeyValueBackend;
beforeEach(async () => {
  server = await startStandIn();
  server.handle = confirm;
  backend = createUpstashBackend({ url: server.url, token, prefix: "app:", timeoutMs: 1_000 });
});
afterEach(async () => {
  vi.useRealTimers();
  await backend.close();
  await server.stop();
});

const nameOf = ({ path }: StandInRequest) => decodeURIComponent(path.replace(/^\/subscribe\//, ""));

/** Accepts and confirms a subscription. */
function confirm(request: StandInRequest): void {
  begin(request);
  send(request, `subscribe,${nameOf(request)},1`);
}

function begin({ response }: StandInRequest): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
}

function send({ response }: StandInRequest, data: string): void {
  response.write(`data: ${data}\n\n`);
}

const stream = (place: number) => server.requests.at(place) as StandInRequest;
const streams = (count: number) => until(`${count} streams were asked for`, () => server.requests.length === count);

describe("a subscription", () => {
  it("stands once the server has confirmed it", async () => {
    server.handle = begin;
    let stands = false;
    const subscribing = backend.subscribe("news", () => {}).then(() => (stands = true));
    await streams(1);
    expect([stream(0).path, stream(0).headers]).toMatchObject([
      "/subscribe/app%3Anews",
      { accept: "text/event-stream", authorization: `Bearer ${token}` },
    ]);
    expect(stands).toBe(false);
    send(stream(0), "subscribe,app:news,1");
    await subscribing;
  });

  it("gets exact messages, even with commas in the channel and cut anywhere on the way", async () => {
    const heard: string[] = [];
    await backend.subscribe("a,b,c", (message) => heard.push(message));
    const bytes = Buffer.from(
      "data: message,app:a,b,c,one, 두 %0A%25 \ufeff,\n\ndata: message,app:a,b,c,\r\n\r\n: ping\n\n",
    );
    for (const byte of bytes) {
      stream(0).response.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until("both are heard", () => heard.length === 2);
    expect(heard).toEqual(["one, 두 \n% \ufeff,", ""]);
  });

  it("shares one stream with the others of its channel, which ends with the last of them", async () => {
    let closed = 0;
    server.handle = (request) => {
      request.response.once("close", () => (closed += 1));
      confirm(request);
    };
    const ends = await Promise.all(["a", "a", "b"].map((channel) => backend.subscribe(channel, () => {})));
    expect(server.requests.map(nameOf).sort()).toEqual(["app:a", "app:b"]);
    await ends[0]?.();
    await ends[2]?.();
    await until("the stream of b is closed", () => closed === 1);
    await ends[1]?.();
    await until("the stream of a is closed", () => closed === 2);
    expect(server.requests).toHaveLength(2);
  });

  it("counts as one command for each stream, however many share it", async () => {
    let sent = 0;
    const onSent = (commands: number) => {
      sent += commands;
    };
    await Promise.all(["a", "a"].map((channel) => backend.subscribe(channel, () => {}, { onSent })));
    expect(sent).toBe(1);
    stream(0).response.end();
    await streams(2);
    await until("it is told", () => sent === 2);
  });
});

describe("a stream that ends", () => {
  it.each<[string, (request: StandInRequest) => void]>([
    ["well", ({ response }) => response.end()],
    ["by a broken connection", ({ cut }) => cut()],
  ])("%s is opened again, and each listener is told about the gap once", async (_how, end) => {
    const [heard, gaps]: [string[], string[]] = [[], []];
    for (const name of ["one", "two"]) {
      await backend.subscribe("a", (message) => heard.push(message), { onGap: () => gaps.push(name) });
    }
    end(stream(0));
    await streams(2);
    await until("both are told", () => gaps.length === 2);
    send(stream(1), "message,app:a,after");
    await until("both have heard", () => heard.length === 2);
    expect([gaps, heard]).toEqual([
      ["one", "two"],
      ["after", "after"],
    ]);
  });

  it("is opened again after the server was away for several attempts", async () => {
    let gaps = 0;
    await backend.subscribe("a", () => {}, { onGap: () => (gaps += 1) });
    server.handle = ({ answer }) => answer("", 503);
    stream(0).response.end();
    await streams(4);
    expect(gaps).toBe(0);
    server.handle = confirm;
    await until("the gap is told", () => gaps === 1);
  });

  it("as soon as it stands is opened again at growing intervals, since each is billed", async () => {
    server.handle = (request) => {
      confirm(request);
      request.response.end();
    };
    const start = performance.now();
    await backend.subscribe("a", () => {});
    await streams(6);
    // The shortest of the growing pauses: 25, 50, 100, 200 and 400 ms.
    expect(performance.now() - start).toBeGreaterThan(750);
  });

  it("isn't available to a new listener either until it is opened again", async () => {
    await backend.subscribe("a", () => {});
    server.handle = begin;
    stream(0).response.end();
    await streams(2);
    let stands = false;
    const subscribing = backend.subscribe("a", () => {}).then(() => (stands = true));
    await backend.subscribe("b", () => {}, { signal: AbortSignal.timeout(50) }).catch(() => {});
    expect(stands).toBe(false);
    send(stream(1), "subscribe,app:a,1");
    await subscribing;
  });

  it("is not opened again when nobody listens any more", async () => {
    const end = await backend.subscribe("a", () => {});
    await end();
    await backend.subscribe("b", () => {});
    await backend.close();
    expect(server.requests).toHaveLength(2);
  });
});

describe("a stream without a sign of life", () => {
  const withMovedClock = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  /** Moves the clock until something has arrived, since sockets work in real time. */
  async function moveUntil(isThere: () => boolean, stepMs: number): Promise<void> {
    while (!isThere()) {
      await vi.advanceTimersByTimeAsync(stepMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it("is given up after four minutes, since it may be dead", async () => {
    withMovedClock();
    let gaps = 0;
    await backend.subscribe("a", () => {}, { onGap: () => (gaps += 1) });
    await vi.advanceTimersByTimeAsync(239_000);
    expect(server.requests).toHaveLength(1);
    await moveUntil(() => gaps === 1, 1_000);
    expect(server.requests).toHaveLength(2);
  });

  it("is given up after five seconds if it doesn't stand by then", async () => {
    withMovedClock();
    await backend.subscribe("a", () => {});
    server.handle = begin;
    stream(0).response.end();
    await moveUntil(() => server.requests.length === 2, 10);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(server.requests).toHaveLength(2);
    await moveUntil(() => server.requests.length === 3, 10);
  });
});

describe("a subscription that fails", () => {
  it("does so at once if the token isn't valid", async () => {
    server.handle = ({ answer }) => answer({ error: "WRONGPASS invalid or missing auth token" }, 401);
    const start = performance.now();
    expect(await failureOf(backend.subscribe("a", () => {}))).toMatchObject({
      code: "BACKEND_REJECTED",
      operation: "subscribe",
      outcome: "not-applied",
    });
    expect(performance.now() - start).toBeLessThan(500);
  });

  it("does so by its deadline while the server is away, and isn't made once the server is back", async () => {
    server.handle = ({ answer }) => answer("", 503);
    const heard: string[] = [];
    expect(await failureOf(backend.subscribe("a", (message) => heard.push(message)))).toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      outcome: "not-applied",
    });
    const asked = server.requests.length;
    expect(asked).toBeGreaterThan(1);
    server.handle = confirm;
    await backend.subscribe("a", () => {});
    expect(server.requests.length).toBe(asked + 1);
    send(stream(-1), "message,app:a,hello");
    expect(heard).toEqual([]);
  });

  it("does so by its deadline if the server doesn't answer", async () => {
    server.handle = begin;
    expect(await failureOf(backend.subscribe("a", () => {}))).toMatchObject({ code: "BACKEND_TIMEOUT" });
  });

  it("ends with the reason of its signal", async () => {
    server.handle = begin;
    const controller = new AbortController();
    const reason = new Error("the caller went away");
    const subscribing = backend
      .subscribe("a", () => {}, { signal: controller.signal })
      .catch((error: unknown) => error);
    await streams(1);
    controller.abort(reason);
    expect(await subscribing).toBe(reason);
  });
});
