import { describe, expect, it } from "vitest";
import { batchWrites, releaseWrites } from "./batch-writes.ts";

function recordingSocket() {
  const calls: string[] = [];
  return { calls, cork: () => calls.push("cork"), uncork: () => calls.push("uncork") };
}

const endOfTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("batchWrites", () => {
  it("holds a socket back once for all that is issued together, across awaits", async () => {
    const socket = recordingSocket();
    const ended = endOfTurn();
    batchWrites(socket);
    await Promise.resolve();
    batchWrites(socket);
    await ended;
    expect(socket.calls).toEqual(["cork", "uncork"]);
    batchWrites(socket);
    expect(socket.calls).toEqual(["cork", "uncork", "cork"]);
  });

  it("lets eight go before the ninth", async () => {
    const socket = recordingSocket();
    for (let count = 0; count < 8; count += 1) batchWrites(socket);
    expect(socket.calls).toEqual(["cork"]);
    for (let count = 0; count < 9; count += 1) batchWrites(socket);
    expect(socket.calls).toEqual(["cork", "uncork", "cork", "uncork", "cork"]);
    await endOfTurn();
    expect(socket.calls.at(-1)).toBe("uncork");
  });

  it("lets go early when told to, and of what isn't held back never", async () => {
    const socket = recordingSocket();
    releaseWrites(socket);
    batchWrites(socket);
    releaseWrites(socket);
    await endOfTurn();
    expect(socket.calls).toEqual(["cork", "uncork", "cork", "uncork"]);
  });
});
