import { describe, expect, it } from "vitest";
import { runCommand } from "./run-command.ts";

const node = (script: string, timeoutMs = 20_000) => runCommand(process.execPath, ["-e", script], { timeoutMs });

describe("runCommand", () => {
  it("returns both streams of a program that succeeds", async () => {
    const { succeeded, output } = await node('console.log("out"); console.error("err")');
    expect(succeeded).toBe(true);
    expect(output.split("\n").sort()).toEqual(["err", "out"]);
  });

  it("reports a program that fails, with what it said", async () => {
    expect(await node('console.log("why"); process.exitCode = 3')).toEqual({ succeeded: false, output: "why" });
  });

  it("stops a program that hangs, and says so", async () => {
    const { succeeded, output } = await node("setInterval(() => {}, 1000)", 100);
    expect(succeeded).toBe(false);
    expect(output).toMatch(/was ended by SIGTERM$/);
  });

  it("reports a program that isn't there", async () => {
    const { succeeded, output } = await runCommand("keyward-no-such-program", []);
    expect(succeeded).toBe(false);
    expect(output).toContain("keyward-no-such-program could not be started");
  });
});
