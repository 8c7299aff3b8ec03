import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSources } from "../workspace/read-sources.ts";
import { publishedPackages, readWorkspace, workspaceRoot } from "../workspace/read-workspace.ts";
import { errorCodesIn, withoutHeading } from "./error-codes.ts";

describe("errorCodesIn", () => {
  it("reads the files that define errors, and no others", () => {
    const sources = [
      { path: "packages/a/src/errors/lock-error.ts", text: 'type Code = "LOCK_LOST" | "LOCK_HELD_2";' },
      { path: "packages/a/src/errors.ts", text: 'super("STORE_FULL", message); const kind = "LOWER_case";' },
      { path: "packages/a/src/lock.ts", text: 'const name = "NOT_AN_ERROR";' },
    ];
    expect(errorCodesIn(sources)).toEqual(["LOCK_HELD_2", "LOCK_LOST", "STORE_FULL"]);
  });
});

describe("withoutHeading", () => {
  it("wants a heading with the whole code, not a mention or a longer code", () => {
    const document = "## `LOCK_LOST`\n\nSee LOCK_HELD.\n\n## STORE_FULL_NOW\n";
    expect(withoutHeading(["LOCK_HELD", "LOCK_LOST", "STORE_FULL"], document)).toEqual(["LOCK_HELD", "STORE_FULL"]);
  });
});

describe("the error codes of the published packages", () => {
  it("have a heading each in docs/errors.md", () => {
    const codes = errorCodesIn(publishedPackages(readWorkspace()).flatMap((each) => readSources(each)));
    expect(codes).toContain("BACKEND_TIMEOUT");
    expect(withoutHeading(codes, readFileSync(join(workspaceRoot, "docs/errors.md"), "utf8"))).toEqual([]);
  });
});
