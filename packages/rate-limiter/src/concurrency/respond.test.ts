import { createMemoryBackend } from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ConcurrencyLimiter, createConcurrencyLimiter } from "./concurrency-limiter.ts";
import { SlotLostError } from "./slot-lost-error.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a model writes bit by bit, and whether its reader has gone. */
function createModel() {
  const cancelled = vi.fn();
  let model!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      model = controller;
    },
    cancel: cancelled,
  });
  const write = (text: string) => model.enqueue(new TextEncoder().encode(text));
  return { body, cancelled, write, end: () => model.close(), fail: (error: Error) => model.error(error) };
}

async function respond(limiter: ConcurrencyLimiter, response: Response, signal?: AbortSignal): Promise<Response> {
  const answer = await limiter.respond("a", () => response, signal && { signal });
  if (!answer.acquired) throw new Error("no slot");
  return answer.value;
}

async function heldBy(limiter: ConcurrencyLimiter): Promise<number> {
  await vi.advanceTimersByTimeAsync(0);
  return (await limiter.peek("a")).held;
}

describe("a response that is streamed from a slot", () => {
  it("holds it until its body has been read to the end", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const { body, write, end } = createModel();
    const response = await respond(limiter, new Response(body, { status: 201, headers: { "x-model": "a" } }));
    expect([response.status, response.headers.get("x-model")]).toEqual([201, "a"]);
    write("one, ");
    expect(await heldBy(limiter)).toBe(1);
    expect(await limiter.respond("a", () => new Response("other"), { maxWait: 0 })).toMatchObject({ reason: "limit" });
    write("two");
    end();
    expect(await response.text()).toBe("one, two");
    expect(await limiter.peek("a")).toMatchObject({ held: 0 });
  });

  it("gives it back when the body breaks, and tells the reader what broke it", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const { body, fail } = createModel();
    const response = await respond(limiter, new Response(body));
    fail(new RangeError("no more tokens"));
    await expect(response.text()).rejects.toThrow("no more tokens");
    expect(await heldBy(limiter)).toBe(0);
  });

  it("gives it back when the reader leaves, and stops the model", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const { body, cancelled } = createModel();
    await (await respond(limiter, new Response(body))).body?.cancel("gone");
    expect(await heldBy(limiter)).toBe(0);
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it("gives it back when the caller's signal aborts, to whoever waits", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const { body, cancelled } = createModel();
    const caller = new AbortController();
    const response = await respond(limiter, new Response(body), caller.signal);
    const next = limiter.respond("a", () => new Response("next"));
    await vi.advanceTimersByTimeAsync(0);
    caller.abort(new RangeError("gone"));
    await expect(response.text()).rejects.toThrow("gone");
    expect(await next).toMatchObject({ acquired: true });
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it("ends with a SlotLostError when the lease is lost while it comes", async () => {
    let isAway = false;
    const backend = faultyBackend(createMemoryBackend(), () => (isAway ? { kind: "fail-before" } : undefined));
    const limiter = createConcurrencyLimiter({ limit: 1, backend });
    const { body, cancelled } = createModel();
    const text = (await respond(limiter, new Response(body))).text();
    const outcome = expect(text).rejects.toSatisfy(SlotLostError.is);
    isAway = true;
    await vi.advanceTimersByTimeAsync(30_000);
    await outcome;
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it.each([204, 200])("gives it back at once where a response of status %i has no body", async (status) => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const response = new Response(null, { status });
    expect(await respond(limiter, response)).toBe(response);
    expect(await heldBy(limiter)).toBe(0);
  });

  it("that never comes gives it back, and its error to the caller", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const refuse = () => Promise.reject(new RangeError("no"));
    await expect(limiter.respond("a", refuse)).rejects.toThrow(RangeError);
    expect(await heldBy(limiter)).toBe(0);
  });

  it("is refused, and the slot given back, where it is none or was read from", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1 });
    const read = new Response("read");
    await read.text();
    for (const what of [undefined, "text", read]) {
      await expect(limiter.respond("a", () => what as Response)).rejects.toMatchObject({ field: "work" });
    }
    await expect(limiter.respond("a", undefined as never)).rejects.toMatchObject({ field: "work" });
    expect(await heldBy(limiter)).toBe(0);
  });
});
