import { ConfigurationError } from "@keyward/core";
import { Redis } from "@upstash/redis";
import { describe, expect, it } from "vitest";
import { resolveOptions, type UpstashBackendOptions } from "./options.ts";

const url = "https://name.upstash.io";
const token = "token";

describe("resolveOptions", () => {
  it("waits 800 ms and has no prefix by default", () => {
    expect(resolveOptions({ url, token })).toEqual({ address: { url, token }, prefix: "", timeoutMs: 800 });
  });

  it("keeps a path, and drops the slash at its end", () => {
    expect(resolveOptions({ url: "http://localhost:8079/redis/", token }).address.url).toBe(
      "http://localhost:8079/redis",
    );
  });

  it("reads the address and the token of a client, whatever its settings", () => {
    for (const settings of [
      {},
      { enableAutoPipelining: false },
      { automaticDeserialization: false, retry: false as const },
    ]) {
      const client = new Redis({ url: `${url}/`, token, ...settings });
      expect(resolveOptions({ client }).address).toEqual({ url, token });
    }
  });

  it.each<[string, unknown]>([
    ["url", {}],
    ["url", { token }],
    ["url", { url: "name.upstash.io", token }],
    ["url", { url: "redis://name.upstash.io:6379", token }],
    ["url", { url: "https://user:password@name.upstash.io", token }],
    ["url", { url: "https://name.upstash.io?_token=token", token }],
    ["token", { url }],
    ["token", { url, token: "" }],
    ["token", { url, token: "token\\n " }],
    ["token", { url, token: "Bearer token" }],
    ["prefix", { url, token, prefix: "{app}:" }],
    ["prefix", { url, token, prefix: "app\n" }],
    ["timeoutMs", { url, token, timeoutMs: 0 }],
    ["timeoutMs", { url, token, timeoutMs: "800" }],
    ["options", { url, client: new Redis({ url, token }) }],
    ["client", { client: null }],
    ["client", { client: {} }],
    ["client", { client: new Redis({ request: async () => ({}) } as never) }],
    ["client", { client: withMiddleware() }],
  ])("names %s when it can't be used", (field, options) => {
    const attempt = () => resolveOptions(options as UpstashBackendOptions);
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow(expect.objectContaining({ field }));
  });
});

function withMiddleware(): Redis {
  const client = new Redis({ url, token });
  client.use((request, next) => next(request));
  return client;
}
