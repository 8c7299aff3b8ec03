import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection } from "../client/connection.ts";
import { Call } from "./call.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const tryAgain = new Error("TRYAGAIN Multiple keys request during rehashing of slot");
const noScript = Object.assign(new Error("NOSCRIPT No matching script."), { name: "ReplyError" });

/** A connection to a server that refuses each command, for now if nothing else is said, the n-th one after `roundTripMs(n)`. */
function refusingConnection(
  roundTripMs: (attempt: number) => number,
  refusal: Error = tryAgain,
): Connection & { attempts: number } {
  const connection = {
    isReady: true,
    attempts: 0,
    call: () => connection.send(),
    send() {
      connection.attempts += 1;
      const command = { sent: true, cancel: () => undefined, reply: Promise.resolve() as Promise<unknown> };
      command.reply = new Promise((_, reject) => {
        setTimeout(() => {
          command.sent = false;
          reject(refusal);
        }, roundTripMs(connection.attempts));
      });
      return command;
    },
  };
  return connection as unknown as Connection & { attempts: number };
}

function startWrite(connection: Connection): { call: Call; ended: Promise<unknown> } {
  const call = new Call({ operation: "run:step", effect: "write", timeoutMs: 500 }, connection);
  return { call, ended: call.send("evalsha", []).catch((error: unknown) => error) };
}

describe("Call", () => {
  it("sends no write that would hardly be answered by the deadline, and so knows that nothing was applied", async () => {
    const connection = refusingConnection(() => 40);
    const { call, ended } = startWrite(connection);
    await vi.advanceTimersByTimeAsync(499);
    expect(call.live.length).toBe(0);
    expect(connection.attempts).toBeGreaterThan(2);
    expect(await ended).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "not-applied", retryable: true });
  });

  it("says that it doesn't know when the deadline finds a write on its way after all", async () => {
    const { call } = startWrite(refusingConnection((attempt) => (attempt < 3 ? 1 : 10_000)));
    await vi.advanceTimersByTimeAsync(500);
    expect(call.live.length).toBe(1);
    expect(call.timeoutError()).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown", retryable: true });
    call.stop();
  });

  it("sends a script's text to a server that doesn't know it, however near the deadline: nobody else would", async () => {
    const connection = refusingConnection(() => 200, noScript);
    const call = new Call({ operation: "run:step", effect: "write", timeoutMs: 500 }, connection);
    const script = { lua: "return 1", byText: false, keys: ["k"], args: [], size: 1 };
    call.sendScript(script).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(201);
    expect(connection.attempts).toBe(2);
    expect(call.live.length).toBe(1);
    call.stop();
  });
});
