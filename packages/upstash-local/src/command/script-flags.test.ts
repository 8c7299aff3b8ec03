import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createScriptFlags } from "./script-flags.ts";

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");
const sentScript = (script: string) => createScriptFlags().rewrite({ name: "EVAL", args: [script, "0"] }).args[0];

describe("the first line of a script", () => {
  it.each([
    ["#!lua flags=allow-key-locking\nreturn 1", "\nreturn 1"],
    ["#!lua flags=allow-key-locking\r\nreturn 1", "\nreturn 1"],
    ["#!lua  flags=no-writes,allow-key-locking\nreturn 1", "#!lua  flags=no-writes\nreturn 1"],
    ["#!lua flags=allow-key-locking,no-writes\nreturn 1", "#!lua flags=no-writes\nreturn 1"],
    ["#!lua flags=allow-key-locking", ""],
  ])("loses the service's flag: %j", (script, sent) => {
    expect(sentScript(script)).toBe(sent);
  });

  it.each([
    "return 1",
    "",
    "#!lua\nreturn 1",
    "#!lua flags=no-writes\nreturn 1",
    "#!lua flags=allow-key-locking-not\nreturn 1",
    "return 1\n#!lua flags=allow-key-locking",
    "-- #!lua flags=allow-key-locking\nreturn 1",
  ])("stays as it is: %j", (script) => {
    expect(sentScript(script)).toBe(script);
  });
});

describe("a digest", () => {
  const script = "#!lua flags=allow-key-locking\nreturn 1";

  it("leads to the script that was sent, for calls and look-ups, once the script has been seen", () => {
    const flags = createScriptFlags();
    const call = { name: "EVALSHA", args: [sha1(script), "0"] };
    expect(flags.rewrite(call)).toEqual(call);
    flags.rewrite({ name: "SCRIPT", args: ["load", script] });
    expect(flags.rewrite(call).args).toEqual([sha1("\nreturn 1"), "0"]);
    expect(flags.rewrite({ name: "SCRIPT", args: ["EXISTS", sha1(script), sha1("other")] }).args).toEqual([
      "EXISTS",
      sha1("\nreturn 1"),
      sha1("other"),
    ]);
  });

  it("is the one of the caller's text in the answer to SCRIPT LOAD, and in no other", () => {
    const flags = createScriptFlags();
    expect(flags.digestFor({ name: "SCRIPT", args: ["load", script] })).toBe(sha1(script));
    expect(flags.digestFor({ name: "SCRIPT", args: ["EXISTS", sha1(script)] })).toBeUndefined();
    expect(flags.digestFor({ name: "EVAL", args: [script, "0"] })).toBeUndefined();
  });

  it("is forgotten after 10,000 others, least recently used first", () => {
    const flags = createScriptFlags();
    const load = (n: number) => flags.rewrite({ name: "SCRIPT", args: ["LOAD", `${script} + ${n}`] });
    const known = (n: number) => {
      const digest = sha1(`${script} + ${n}`);
      return flags.rewrite({ name: "EVALSHA", args: [digest, "0"] }).args[0] !== digest;
    };
    load(0);
    load(1);
    load(0);
    for (let n = 2; n <= 10_000; n += 1) load(n);
    expect([known(0), known(1), known(2), known(10_000)]).toEqual([true, false, true, true]);
  });
});
