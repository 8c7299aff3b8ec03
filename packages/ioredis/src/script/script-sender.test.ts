import { describe, expect, it } from "vitest";
import type { CommandTracker } from "../client/tracked-command.ts";
import { ScriptSender } from "./script-sender.ts";

describe("ScriptSender", () => {
  it("leaves calls unsent whose connection was lost before they left, and says so", async () => {
    const tracker = {
      send: () => {
        throw new Error("nothing may be sent");
      },
    } as unknown as CommandTracker;
    const sender = new ScriptSender({ isReady: false }, tracker);
    const share = sender.send({ lua: "return 1", byText: false, keys: ["k"], args: [], size: 1 }, undefined);
    await expect(share.reply).rejects.toThrow("lost");
    expect(share.sent).toBe(false);
  });
});
