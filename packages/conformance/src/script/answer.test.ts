import { describe, expect, it } from "vitest";
import { readAnswer } from "./answer.ts";

describe("readAnswer", () => {
  it("reads text, integers, null and lists of them as replies", () => {
    for (const raw of ["", "text", 0, -1, null, [], [1, "1", null]]) {
      expect(readAnswer(raw)).toEqual({ kind: "reply", raw });
    }
  });

  it("reads what Redis can't carry as a crash", () => {
    for (const raw of [1.5, Number.NaN, -0, 2 ** 53, undefined, true, {}, [[1]], [undefined]]) {
      expect(readAnswer(raw)).toMatchObject({ kind: "crash" });
    }
  });

  it("distinguishes errors by their first word", () => {
    expect(readAnswer(new Error("CORRUPT count script: 5f, on @user_script:3."))).toMatchObject({ code: "CORRUPT" });
    expect(readAnswer(new Error("WRONGTYPE Operation against a key"))).toMatchObject({ code: "WRONGTYPE" });
    expect(readAnswer(new Error("something else"))).toMatchObject({ kind: "error", code: "ERR" });
  });

  it.each(["", "@user_script: 3: -"])(
    "finds the first word of an error inside a script on Redis before version 7, behind %j",
    (line) => {
      const text = `ERR Error running script (call to f_${"5a".repeat(20)}): @user_script:3: ${line}WRONGTYPE Operation`;
      expect(readAnswer(new Error(text))).toMatchObject({ kind: "error", code: "WRONGTYPE" });
    },
  );

  it("reads broken code as a crash, in either language", () => {
    expect(readAnswer(new TypeError("x is not a function"))).toMatchObject({ kind: "crash" });
    const lua = "ERR user_script:3: attempt to compare nil with number script: 5f, on @user_script:3.";
    expect(readAnswer(new Error(lua))).toMatchObject({ kind: "crash" });
  });
});
