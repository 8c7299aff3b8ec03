import { describe, expect, it } from "vitest";
import { errorReplyCode, failureOfErrorReply, isRefusedUnexecuted } from "./error-reply.ts";

describe("failureOfErrorReply", () => {
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
  ])("reads %s as a passing state in which nothing was run", (text) => {
    for (const isScript of [true, false]) {
      expect(failureOfErrorReply(text, isScript)).toMatchObject({
        code: "BACKEND_UNAVAILABLE",
        outcome: "not-applied",
        retryable: true,
      });
    }
    expect(isRefusedUnexecuted(errorReplyCode(text))).toBe(true);
  });

  it.each([
    ["inside a script", `ERR Error running script (call to f_${"5a".repeat(20)}): @user_script:7: @user_script: 7: -`],
    ["inside one of several scripts that were sent together", "ERR @user_script: 7: -"],
    ["that a script returns", "@user_script: 7: -"],
  ])("recognises a refusal %s on Redis before version 7", (_, before) => {
    const text = `${before}READONLY You can't write against a read only replica.`;
    expect(failureOfErrorReply(text, true)).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "not-applied" });
    expect(failureOfErrorReply(`${before}OOM command not allowed`, true)).toMatchObject({ code: "BACKEND_FULL" });
  });

  it.each([
    `ERR Error running script (call to f_${"5a".repeat(20)}): @user_script:7: OOM of its own`,
    `ERR Error running script (call to f_${"5a".repeat(20)}): @user_script:7: user_script:7: -OOM of its own`,
    "ERR value is @user_script: 7: -OOM of its own",
  ])("doesn't take %s for a refusal", (text) => {
    expect(failureOfErrorReply(text, true)).toMatchObject({ code: "BACKEND_REJECTED", outcome: "unknown" });
  });

  it("distinguishes a full store from one that is away", () => {
    expect(failureOfErrorReply("OOM command not allowed", true)).toMatchObject({
      code: "BACKEND_FULL",
      outcome: "not-applied",
      retryable: true,
    });
  });

  it.each(["BUSYGROUP Consumer Group name already exists", "WRONGTYPE Operation", "ERR syntax error", "no code"])(
    "takes %s for a rejection, after which a script may have written",
    (text) => {
      expect(failureOfErrorReply(text, false)).toMatchObject({ code: "BACKEND_REJECTED", outcome: "not-applied" });
      expect(failureOfErrorReply(text, true)).toMatchObject({ code: "BACKEND_REJECTED", outcome: "unknown" });
      expect(failureOfErrorReply(text, true).retryable).toBe(false);
    },
  );

  it.each(["NOAUTH Authentication required.", "WRONGPASS invalid username-password pair"])(
    "takes %s for a rejection that time doesn't heal",
    (text) => {
      expect(failureOfErrorReply(text, true)).toMatchObject({
        code: "BACKEND_REJECTED",
        outcome: "not-applied",
        retryable: false,
      });
    },
  );

  it("reports only the code and a script's line", () => {
    const text = "ERR user_script:12: attempt to add key:secret script: f_abc, on @user_script:12.";
    expect(failureOfErrorReply(text, true).reason).toBe("the server answered ERR (line 12 of the script)");
    expect(failureOfErrorReply("secret value", true).reason).toBe("the server answered ERR");
  });
});
