import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { type IoredisBackendOptions, resolveOptions } from "./options.ts";

const redisOf = (options: IoredisBackendOptions) => (resolveOptions(options).source as { redis: unknown }).redis;

describe("resolveOptions", () => {
  it.each([
    ["redis://localhost", { host: "localhost", port: 6379, db: 0 }],
    ["redis://h:7000/3", { host: "h", port: 7000, db: 3 }],
    ["redis://:p%40ss@h", { host: "h", port: 6379, db: 0, password: "p@ss" }],
    ["redis://user:p%40ss@[::1]:7000", { host: "::1", port: 7000, db: 0, username: "user", password: "p@ss" }],
    ["rediss://h", { host: "h", port: 6379, db: 0, tls: {} }],
  ])("reads %s", (url, redis) => {
    expect(redisOf({ url })).toEqual(redis);
  });

  it("waits 250 ms and puts nothing before keys unless told otherwise", () => {
    expect(resolveOptions({ url: "redis://h" })).toMatchObject({ prefix: "", timeoutMs: 250 });
  });

  it("passes the rest of a host's options on, under the connection's own", () => {
    expect(redisOf({ host: "h", password: "p", prefix: "app:", ioredis: { host: "other", family: 4 } })).toEqual({
      host: "h",
      port: 6379,
      password: "p",
      family: 4,
    });
  });

  it.each<[string, unknown]>([
    ["options", {}],
    ["options", { url: "redis://h", host: "h" }],
    ["url", { url: "localhost:6379" }],
    ["url", { url: "http://localhost" }],
    ["url", { url: "redis://h/x" }],
    ["url", { url: 6379 }],
    ["host", { host: "" }],
    ["port", { host: "h", port: 70_000 }],
    ["db", { host: "h", db: -1 }],
    ["prefix", { url: "redis://h", prefix: "{app}:" }],
    ["timeoutMs", { url: "redis://h", timeoutMs: 0 }],
    ["timeoutMs", { url: "redis://h", timeoutMs: "250" }],
    ["sentinels", { sentinels: [], name: "main" }],
    ["name", { sentinels: [{ host: "h" }] }],
    ["cluster.nodes", { cluster: { nodes: [] } }],
    ["cluster.nodes", { cluster: {} }],
    ["client", { client: { get() {} } }],
    ["client", { client: null }],
  ])("names %s when it can't be used", (field, options) => {
    const attempt = () => resolveOptions(options as IoredisBackendOptions);
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow(expect.objectContaining({ field }));
  });
});
