import { describe, expect, it } from "vitest";
import { failureOf } from "./failure.ts";

function replyError(message: string): Error {
  const error = new Error(message);
  error.name = "ReplyError";
  return error;
}

describe("failureOf", () => {
  it("reads an error reply to what was sent, and a refusal to what wasn't", () => {
    expect(failureOf(replyError("WRONGTYPE Operation"), true, true)).toMatchObject({ code: "BACKEND_REJECTED" });
    for (const [reply, code] of [
      ["LOADING Redis", "BACKEND_UNAVAILABLE"],
      ["WRONGPASS invalid", "BACKEND_REJECTED"],
    ]) {
      expect(failureOf(replyError(reply as string), false, true)).toMatchObject({ code, outcome: "not-applied" });
    }
  });

  it("takes a refusal of the whole connection for a passing state", () => {
    expect(failureOf(replyError("ERR max number of clients reached"), false, true)).toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      outcome: "not-applied",
    });
  });

  it("knows of a lost connection only whether the command was written", () => {
    const error = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    expect(failureOf(error, true, true)).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "unknown" });
    expect(failureOf(error, false, true)).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "not-applied" });
    expect(failureOf(error, true, true).reason).toContain("ECONNRESET");
  });
});
