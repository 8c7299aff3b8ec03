import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { BackendError, type BackendErrorCode } from "./backend-error.ts";
import { ConfigurationError } from "./configuration-error.ts";
import { KeywardError } from "./keyward-error.ts";

const details = { operation: "get", outcome: "unknown", retryable: false } as const;

describe("KeywardError", () => {
  it("recognises its subclasses and nothing else", () => {
    expect(KeywardError.is(new ConfigurationError("field", "problem"))).toBe(true);
    expect(KeywardError.is(new BackendError("BACKEND_TIMEOUT", "too slow", details))).toBe(true);
    for (const other of [new Error("plain"), { code: "BACKEND_TIMEOUT" }, null, undefined, "text", 1]) {
      expect(KeywardError.is(other)).toBe(false);
    }
  });

  it("recognises errors of another copy of the package, in both directions", async () => {
    vi.resetModules();
    const copy = await import("./keyward-error.ts");
    expect(copy.KeywardError).not.toBe(KeywardError);
    const error = new KeywardError("CODE", "message");
    const foreign = new copy.KeywardError("CODE", "message");
    expect(foreign).not.toBeInstanceOf(KeywardError);
    expect(KeywardError.is(foreign)).toBe(true);
    expect(copy.KeywardError.is(error)).toBe(true);
  });

  it("tells its subclasses apart, which would otherwise inherit an is() that takes any of them", () => {
    const configuration = new ConfigurationError("field", "problem");
    const backend = new BackendError("BACKEND_TIMEOUT", "too slow", details);
    expect([ConfigurationError.is(configuration), ConfigurationError.is(backend)]).toEqual([true, false]);
    expect([BackendError.is(backend), BackendError.is(configuration)]).toEqual([true, false]);
    expect([BackendError.is(new Error("plain")), ConfigurationError.is(null)]).toEqual([false, false]);
  });

  it("carries its name, code and cause, and shows no marker when it is printed", () => {
    const cause = new Error("the reason");
    const error = new BackendError("BACKEND_UNAVAILABLE", "refused", { ...details, cause });
    expect(error).toMatchObject({ name: "BackendError", code: "BACKEND_UNAVAILABLE", cause, ...details });
    expect(error).toBeInstanceOf(Error);
    expect(
      Reflect.ownKeys(error).filter((key) => Object.prototype.propertyIsEnumerable.call(error, key)),
    ).not.toContain(Symbol.for("keyward.error"));
    expect("cause" in new BackendError("BACKEND_UNAVAILABLE", "refused", details)).toBe(false);
  });

  it("names the field of a ConfigurationError in front of the problem", () => {
    const error = new ConfigurationError("encryption.keys[0]", "must be 32 bytes");
    expect(error.field).toBe("encryption.keys[0]");
    expect(error.message).toBe("encryption.keys[0]: must be 32 bytes");
    expect(error.code).toBe("CONFIGURATION_INVALID");
  });
});

describe("docs/errors.md", () => {
  // The compiler keeps this complete: a code that is missing, or one too many, is a type error.
  const backendCodes: Record<BackendErrorCode, true> = {
    BACKEND_UNAVAILABLE: true,
    BACKEND_TIMEOUT: true,
    BACKEND_REPLY_INVALID: true,
    BACKEND_REJECTED: true,
    BACKEND_FULL: true,
    BACKEND_CLOSED: true,
  };
  const page = readFileSync(new URL("../../../../docs/errors.md", import.meta.url), "utf8");

  it.each(["CONFIGURATION_INVALID", ...Object.keys(backendCodes)])("has a heading for %s", (code) => {
    expect(page).toMatch(new RegExp(`^#+ ${code}$`, "m"));
  });
});
