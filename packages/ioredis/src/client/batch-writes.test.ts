import { describe, expect, it } from "vitest";
import { batchWrites } from "./batch-writes.ts";

describe("batchWrites", () => {
  it("holds a socket back once for all that is issued together, across awaits", async () => {
    const calls: string[] = [];
    const socket = { cork: () => calls.push("cork"), uncork: () => calls.push("uncork") };
    const flushed = new Promise<void>((resolve) => setImmediate(resolve));
    batchWrites(socket);
    await Promise.resolve();
    batchWrites(socket);
    await flushed;
    expect(calls).toEqual(["cork", "uncork"]);
    batchWrites(socket);
    expect(calls).toEqual(["cork", "uncork", "cork"]);
  });
});
