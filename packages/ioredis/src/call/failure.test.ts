import { describe, expect, it } from "vitest";
import { failureOf, isRefusedUnexecuted } from "./failure.ts";
import { replyCode } from "./reply-code.ts";

function replyError(message: string): Error {
  const error = new Error(message);
  error.name = "ReplyError";
  return error;
}

describe("failureOf", () => {
  it.each([
    "MOVED 3999 127.0.0.1:6381",
    "ASK 3999 127.0.0.1:6381",
    "TRYAGAIN Multiple keys request during rehashing of slot",
    "CLUSTERDOWN The cluster is down",
    "MASTERDOWN Link with MASTER is down",
    "LOADING Redis is loading the dataset in memory",
    "READONLY You can't write against a read only replica.",
    "BUSY Redis is busy running a script.",
    "NOREPLICAS Not enough good replicas to write.",
    "MISCONF Redis is configured to save RDB snapshots",
  ])("takes %s for a passing state in which nothing was run", (message) => {
    for (const isScript of [true, false]) {
      expect(failureOf(replyError(message), false, isScript)).toMatchObject({
        code: "BACKEND_UNAVAILABLE",
        outcome: "not-applied",
        retryable: true,
      });
    }
    expect(isRefusedUnexecuted(replyCode(replyError(message)))).toBe(true);
  });

  it("tells a full store from one that is away", () => {
    expect(failureOf(replyError("OOM command not allowed"), false, true)).toMatchObject({
      code: "BACKEND_FULL",
      outcome: "not-applied",
      retryable: true,
    });
  });

  it.each(["BUSYGROUP Consumer Group name already exists", "WRONGTYPE Operation", "ERR syntax error", "no code"])(
    "takes %s for a rejection, after which a script may have written",
    (message) => {
      const error = replyError(message);
      expect(failureOf(error, true, false)).toMatchObject({ code: "BACKEND_REJECTED", outcome: "not-applied" });
      expect(failureOf(error, true, true)).toMatchObject({ code: "BACKEND_REJECTED", outcome: "unknown" });
      expect(failureOf(error, true, true).retryable).toBe(false);
    },
  );

  it.each(["NOAUTH Authentication required.", "WRONGPASS invalid username-password pair"])(
    "takes %s for a rejection that time doesn't heal",
    (message) => {
      expect(failureOf(replyError(message), false, true)).toMatchObject({
        code: "BACKEND_REJECTED",
        outcome: "not-applied",
        retryable: false,
      });
    },
  );

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

  it("tells of a reply its code and a script's line, and nothing else", () => {
    const error = replyError("ERR user_script:12: attempt to add key:secret script: f_abc, on @user_script:12.");
    expect(failureOf(error, true, true).reason).toBe("the server answered ERR (line 12 of the script)");
    expect(failureOf(replyError("secret value"), true, true).reason).toBe("the server answered ERR");
  });
});
