import { describe, expect, it } from "vitest";
import { judgeSizes } from "./size-step.ts";

describe("judgeSizes", () => {
  it("counts a check per limit and names what is too large", () => {
    const report = [
      { name: "core", passed: true, size: 900, sizeLimit: 1000 },
      { name: "masker", passed: false, size: 1200, sizeLimit: 1000 },
    ];
    expect(judgeSizes(JSON.stringify(report, null, 2), false)).toEqual({
      passed: 1,
      failed: 1,
      output: "masker: 1200 bytes, the limit is 1000",
    });
  });

  it("fails with what the tool said where it made no report", () => {
    const output = '[ERROR] cannot resolve\n  import "./index.js"';
    expect(judgeSizes(output, false)).toEqual({ passed: 0, failed: 1, output });
  });
});
