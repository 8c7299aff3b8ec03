import { describe, expect, it } from "vitest";
import type { CommandTracker, TrackedCommand } from "../client/tracked-command.ts";
import { RefusedTogether } from "./refused-together.ts";
import { ScriptBatch } from "./script-batch.ts";
import type { ScriptCall } from "./script-call.ts";

const callOf = (arg: string): ScriptCall => ({ lua: "return 1", byText: false, keys: ["k"], args: [arg], size: 2 });

function replyError(message: string): Error {
  const error = new Error(message);
  error.name = "ReplyError";
  return error;
}

/** Takes commands and lets the test decide what becomes of the last one. */
function recordingTracker() {
  const sent: { readonly name: string; readonly args: readonly string[] }[] = [];
  const asked: string[] = [];
  let answer: (reply: unknown) => void = () => {};
  const tracked = {
    ...{ sent: false, cancelled: false, socket: undefined, writes: 0 },
    reply: new Promise((resolve, reject) => {
      answer = (reply) => (reply instanceof Error ? reject(reply) : resolve(reply));
    }),
    cancel() {
      tracked.cancelled = true;
    },
  };
  const tracker = {
    send(name: string, args: readonly string[], _slot: undefined, onWrite?: () => void): TrackedCommand {
      sent.push({ name, args });
      onWrite?.();
      return tracked;
    },
    reconnectsOn(error: Error) {
      asked.push(error.message);
      return error.message.startsWith("READONLY");
    },
  };
  return {
    asked,
    sent,
    tracked,
    answer: (reply: unknown) => answer(reply),
    tracker: tracker as unknown as CommandTracker,
  };
}

describe("ScriptBatch", () => {
  it("tells one of those in it that the command is written", () => {
    const { tracker, sent } = recordingTracker();
    const batch = new ScriptBatch(new Set());
    const told: string[] = [];
    const first = batch.add(callOf("a"), () => told.push("a"));
    batch.add(callOf("b"), () => told.push("b"));
    batch.add(callOf("c"), () => told.push("c"));
    first.cancel();
    batch.send(tracker);
    expect(told).toEqual(["b"]);
    expect(sent.map(({ args }) => args.slice(1))).toEqual([["2", "k", "k", "1", "1", "b", "1", "c"]]);
  });

  it("sends nothing when nobody is left in it", () => {
    const { tracker, sent } = recordingTracker();
    const batch = new ScriptBatch(new Set());
    batch.add(callOf("a"), undefined).cancel();
    batch.send(tracker);
    expect(sent).toEqual([]);
  });

  it("isn't sent any more when one is given up while the client still holds it, and the others know", async () => {
    const { tracker, tracked } = recordingTracker();
    const batch = new ScriptBatch(new Set());
    const [left, other] = [batch.add(callOf("a"), undefined), batch.add(callOf("b"), undefined)];
    batch.send(tracker);
    left.cancel();
    expect(tracked.cancelled).toBe(true);
    await expect(other.reply).rejects.toThrow("never sent");
    await expect(left.reply).rejects.toThrow("never sent");
    expect(other.sent).toBe(false);
  });

  it("stays sent when one is given up afterwards", async () => {
    const { tracker, tracked, answer } = recordingTracker();
    const batch = new ScriptBatch(new Set());
    const [left, other] = [batch.add(callOf("a"), undefined), batch.add(callOf("b"), undefined)];
    batch.send(tracker);
    tracked.sent = true;
    left.cancel();
    expect(tracked.cancelled).toBe(false);
    expect(other.sent).toBe(true);
    answer(["x", "y"]);
    expect(await other.reply).toBe("y");
  });

  it("answers each its own when one is given up by who is told that the command is written", async () => {
    const { tracker, answer } = recordingTracker();
    const batch = new ScriptBatch(new Set());
    const left = batch.add(callOf("a"), () => left.cancel());
    const other = batch.add(callOf("b"), undefined);
    batch.send(tracker);
    answer(["x", "y"]);
    expect(await other.reply).toBe("y");
  });

  it("takes only what its script does for as many keys, by digest or by text", () => {
    const batch = new ScriptBatch(new Set());
    const call = callOf("a");
    batch.add(call, undefined);
    expect(batch.takes(callOf("b"))).toBe(true);
    expect(batch.takes({ ...call, lua: "return 2" })).toBe(false);
    expect(batch.takes({ ...call, byText: true })).toBe(false);
    expect(batch.takes({ ...call, keys: ["k", "l"] })).toBe(false);
  });

  it("takes no more than 4,096 characters and arguments, unless one call is more", () => {
    const batch = new ScriptBatch(new Set());
    expect(batch.takes({ ...callOf("a"), size: 10_000 })).toBe(true);
    batch.add({ ...callOf("a"), size: 4_000 }, undefined);
    expect(batch.takes({ ...callOf("a"), size: 94 })).toBe(true);
    expect(batch.takes({ ...callOf("a"), size: 95 })).toBe(false);
    expect(batch.takes({ ...callOf("a"), size: 0, args: Array(96).fill("") })).toBe(false);
  });

  it("leaves a call without a reply where the server answered something else", async () => {
    const { tracker, answer } = recordingTracker();
    const batch = new ScriptBatch(new Set());
    const shares = [batch.add(callOf("a"), undefined), batch.add(callOf("b"), undefined)];
    batch.send(tracker);
    answer("PONG");
    expect(await Promise.all(shares.map(({ reply }) => reply))).toEqual([undefined, undefined]);
  });

  it("lets the client connect anew for an error inside of a reply, once", async () => {
    const { tracker, answer, asked } = recordingTracker();
    const batch = new ScriptBatch(new Set());
    const shares = ["a", "b", "c", "d"].map((arg) => batch.add(callOf(arg), undefined));
    batch.send(tracker);
    answer([replyError("WRONGTYPE"), "text", replyError("READONLY"), replyError("READONLY")]);
    const ended = await Promise.allSettled(shares.map(({ reply }) => reply));
    expect(ended.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "rejected"]);
    expect(asked).toEqual(["WRONGTYPE", "READONLY"]);
  });

  it("keeps calls of its script apart once the server has said that it doesn't take them together", async () => {
    const { tracker, answer } = recordingTracker();
    const apart = new Set<string>();
    const batch = new ScriptBatch(apart);
    const shares = [batch.add(callOf("a"), undefined), batch.add(callOf("b"), undefined)];
    batch.send(tracker);
    answer(replyError("CROSSSLOT Keys in request don't hash to the same slot"));
    for (const { reply } of shares) await expect(reply).rejects.toThrow(RefusedTogether);
    const next = new ScriptBatch(apart);
    expect(next.takes(callOf("a"))).toBe(true);
    next.add(callOf("a"), undefined);
    expect(next.takes(callOf("b"))).toBe(false);
  });

  it("fails the calls that are in it when the client refuses to take the command", async () => {
    const tracker = {
      send: () => {
        throw new Error("no command for you");
      },
    } as unknown as CommandTracker;
    const batch = new ScriptBatch(new Set());
    const share = batch.add(callOf("a"), undefined);
    batch.send(tracker);
    await expect(share.reply).rejects.toThrow("no command for you");
  });

  it("has room again for as much as what was taken out of it", () => {
    const batch = new ScriptBatch(new Set());
    batch.add(callOf("a"), undefined);
    batch.add({ ...callOf("b"), size: 4_090 }, undefined).cancel();
    expect(batch.takes({ ...callOf("c"), size: 4_090 })).toBe(true);
  });
});
