import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { defineScript } from "../script/define-script.ts";
import {
  checkChannel,
  checkKey,
  checkKeys,
  checkReplicas,
  checkRunOptions,
  checkScriptCall,
  checkSetOptions,
  checkText,
  checkTimeout,
  checkTtl,
} from "./argument-checks.ts";

const loneSurrogates = ["\uD800", "a\uDC00b", "\uDC00\uD800"];
const notStrings = [undefined, null, 1, {}, ["a"], Symbol("a")];

function refusal(attempt: () => void): string {
  expect(attempt).toThrow(ConfigurationError);
  try {
    attempt();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("checkText", () => {
  it.each(["", "plain", "사용자 😀", "\0\n"])("takes %j", (value) => {
    expect(() => checkText("value", value)).not.toThrow();
  });

  it.each(loneSurrogates)("refuses the lone surrogate in %j without quoting it", (value) => {
    const message = refusal(() => checkText("value", `secret${value}`));
    expect(message).toMatch(/^value: /);
    expect(message).not.toContain("secret");
  });

  it.each(notStrings)("refuses %o, which is no string", (value) => {
    expect(refusal(() => checkText("value", value))).toMatch(/^value: must be a string, not /);
  });
});

describe("checkKey", () => {
  it("refuses the empty string", () => {
    expect(refusal(() => checkKey("channel", ""))).toBe("channel: must not be empty");
    expect(refusal(() => checkChannel("channel", ""))).toBe("channel: must not be empty");
  });
});

describe("checkChannel", () => {
  it("refuses what not every store can carry", () => {
    expect(refusal(() => checkChannel("channel", "a\nb"))).toMatch(/^channel: must not contain a line break/);
    for (const channel of [".", ".."]) {
      expect(refusal(() => checkChannel("channel", channel))).toBe('channel: must not be "." or ".."');
    }
    for (const channel of ["...", ".a", "a/../b", "%2e%2e", "a?b#c"]) checkChannel("channel", channel);
  });
});

describe("checkKeys", () => {
  it("names the key that can't be one by its place", () => {
    expect(() => checkKeys("keys", ["a", "b"])).not.toThrow();
    expect(refusal(() => checkKeys("keys", ["a", "secret\uD800"]))).toMatch(/^keys\[1\]: (?!.*secret)/);
    expect(refusal(() => checkKeys("keys", "abc"))).toBe("keys: must be an array of strings, not string");
  });
});

describe("checkTtl", () => {
  it.each([1, 60_000, Number.MAX_SAFE_INTEGER])("takes %d", (ttlMs) => {
    expect(() => checkTtl("ttlMs", ttlMs)).not.toThrow();
  });

  it.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "1000", null])("refuses %j", (ttlMs) => {
    expect(refusal(() => checkTtl("ttlMs", ttlMs))).toMatch(/^ttlMs: /);
  });
});

describe("checkTimeout", () => {
  it.each([undefined, 0.5, 250, Number.POSITIVE_INFINITY])("takes %j", (timeoutMs) => {
    expect(() => checkTimeout("timeoutMs", timeoutMs)).not.toThrow();
  });

  it.each([0, -1, Number.NaN, "250", null])("refuses %j", (timeoutMs) => {
    expect(refusal(() => checkTimeout("timeoutMs", timeoutMs))).toMatch(/^timeoutMs: /);
  });
});

describe("checkSetOptions", () => {
  it("takes what is typed, and nothing else", () => {
    expect(() => checkSetOptions({})).not.toThrow();
    expect(() => checkSetOptions({ ttlMs: 1, onlyIf: "absent", retain: "while-room", timeoutMs: 1 })).not.toThrow();
    expect(refusal(() => checkSetOptions({ ttlMs: 0 }))).toMatch(/^ttlMs: /);
    expect(refusal(() => checkSetOptions({ onlyIf: "abset" as "absent" }))).toBe(
      'onlyIf: must be "absent" or "present", or left out',
    );
    expect(refusal(() => checkSetOptions({ retain: "never" as "always" }))).toMatch(/^retain: /);
    expect(refusal(() => checkSetOptions({ timeoutMs: 0 }))).toMatch(/^timeoutMs: /);
  });
});

describe("checkRunOptions", () => {
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d as the time", (nowMs) => {
    expect(() => checkRunOptions({ nowMs: 0 })).not.toThrow();
    expect(refusal(() => checkRunOptions({ nowMs }))).toMatch(/^nowMs: /);
  });

  it("refuses a timeout that is none", () => {
    expect(refusal(() => checkRunOptions({ timeoutMs: -1 }))).toMatch(/^timeoutMs: /);
  });
});

describe("checkScriptCall", () => {
  const script = defineScript<string, null>({
    name: "test-step",
    keys: ["first", "second"],
    args: (input) => ["fixed", input],
    reply: () => null,
    lua: "return nil",
    memory: () => null,
  });

  it("flattens the arguments", () => {
    expect(checkScriptCall(script, ["{t}1", "{t}2"], "input")).toEqual(["fixed", "input"]);
  });

  it("refuses keys that are too few, too many, in two slots or no keys", () => {
    expect(refusal(() => checkScriptCall(script, ["{t}1"], ""))).toBe(
      "keys: test-step needs exactly these keys: first, second",
    );
    expect(refusal(() => checkScriptCall(script, ["{t}1", "{t}2", "{t}3"], ""))).toMatch(/^keys: /);
    expect(refusal(() => checkScriptCall(script, ["{t}1", "{u}2"], ""))).toMatch(/^keys\[1\]: /);
    expect(refusal(() => checkScriptCall(script, ["{t}1", ""], ""))).toMatch(/^keys\[1\]: /);
  });

  it("names an argument that can't be sent by its place", () => {
    expect(refusal(() => checkScriptCall(script, ["{t}1", "{t}2"], "secret\uD800"))).toMatch(
      /^test-step\.args\[1\]: (?!.*secret)/,
    );
  });
});

describe("checkReplicas", () => {
  const able = { hearsOfReplicas: true };

  it("takes any number on a backend that can wait for replicas, and none on every backend", () => {
    for (const replicas of [undefined, 0, 1, 5]) expect(() => checkReplicas(replicas, able)).not.toThrow();
    for (const replicas of [undefined, 0]) expect(() => checkReplicas(replicas, {})).not.toThrow();
  });

  it.each([-1, 1.5, Number.NaN, "1", null])("refuses %j, which is no number of replicas", (replicas) => {
    expect(refusal(() => checkReplicas(replicas, able))).toMatch(/^replicas: /);
  });

  it("refuses to wait where nobody hears of replicas, of a script's run too", () => {
    expect(refusal(() => checkReplicas(1, {}))).toMatch(/memory and stores over REST can't/);
    expect(refusal(() => checkRunOptions({ replicas: 1 }))).toMatch(/^replicas: /);
    expect(() => checkRunOptions({ replicas: 1 }, able)).not.toThrow();
  });
});
