import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { resolveOptions } from "./options.ts";

const redis = "redis://127.0.0.1:6379";

describe("resolveOptions", () => {
  it("listens on loopback with a random token by default", () => {
    const first = resolveOptions({ redis });
    expect(first).toMatchObject({ host: "127.0.0.1", port: 0, maxRequestBytes: 1_048_576, maxCommands: 10_000 });
    expect(first.token).toMatch(/^[\w-]{43}$/);
    expect(resolveOptions({ redis }).token).not.toBe(first.token);
  });

  it.each([
    ["redis", { redis: "http://s3cr3t@host" }],
    ["redis", { redis: "redis://:s3cr3t@[" }],
    ["redis", { redis: undefined as unknown as string }],
    ["token", { redis, token: "s3cr3t" }],
    ["token", { redis, token: "" }],
    ["token", { redis, token: "s3cr3t with a space" }],
    ["port", { redis, port: 65_536 }],
    ["port", { redis, port: Number.NaN }],
    ["maxRequestBytes", { redis, maxRequestBytes: 0 }],
    ["maxCommands", { redis, maxCommands: 1.5 }],
    ["timeoutMs", { redis, timeoutMs: -1 }],
  ])("names %s when it can't be used, and doesn't quote it", (field, options) => {
    const error = caught(() => resolveOptions(options));
    expect(ConfigurationError.is(error) && error.field).toBe(field);
    expect(`${error}`).not.toContain("s3cr3t");
  });
});

function caught(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
