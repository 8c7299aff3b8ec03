import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { readSources } from "../workspace/read-sources.ts";
import { readWorkspace } from "../workspace/read-workspace.ts";

const sources = readWorkspace().flatMap((each) => readSources(each));

describe("the source files of this workspace", () => {
  it("have at most 400 lines", () => {
    const long = sources.filter(({ text }) => text.trimEnd().split("\n").length > 400);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it("are named after what they hold, not after their being of use", () => {
    const vague = /^(utils?|helpers?|common|types|misc|shared)\./;
    expect(sources.filter(({ path }) => vague.test(basename(path))).map(({ path }) => path)).toEqual([]);
  });
});
