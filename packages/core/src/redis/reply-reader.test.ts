import { describe, expect, it } from "vitest";
import { ReplyReader } from "./reply-reader.ts";

const reader = new ReplyReader("run:any", "unknown");
const invalid = expect.objectContaining({ code: "BACKEND_REPLY_INVALID", operation: "run:any", outcome: "unknown" });

describe("ReplyReader", () => {
  it("passes on what a script may answer", () => {
    for (const reply of ["text", "", 7, -7, 0, null, [], ["a", 1, null], Number.MAX_SAFE_INTEGER]) {
      expect(reader.raw(reply)).toEqual(reply);
    }
  });

  it.each([[[["nested"]]], [2 ** 53], [-(2 ** 53)], [1.5], [true], [undefined], [{ a: 1 }], [[new Error("x")]]])(
    "refuses %j",
    (reply) => {
      expect(() => reader.raw(reply)).toThrow(invalid);
    },
  );

  it("refuses a number instead of text, and text instead of a count", () => {
    expect(() => reader.text(7)).toThrow(invalid);
    expect(() => reader.count("7")).toThrow(invalid);
    expect(() => reader.count(null)).toThrow(invalid);
  });

  it("refuses any word except the expected one", () => {
    reader.status("OK", "OK");
    for (const reply of ["PONG", "ok", "", null, 1, ["OK"], undefined]) {
      expect(() => reader.status(reply, "OK")).toThrow(invalid);
    }
  });

  it("refuses more or fewer values than requested", () => {
    expect(reader.texts(["a", null], 2)).toEqual(["a", null]);
    expect(() => reader.texts(["a"], 2)).toThrow(invalid);
    expect(() => reader.texts(null, 0)).toThrow(invalid);
  });
});
