import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Environment, EnvironmentVariable } from "./environment.ts";
import { ConfigurationError } from "./index.ts";
import { readRedisOptions } from "./redis-options.ts";

/** The error that the variables are refused with. */
function refusal(environment: Environment): ConfigurationError {
  try {
    readRedisOptions(environment);
  } catch (error) {
    if (ConfigurationError.is(error)) return error;
    throw error;
  }
  throw new Error("The variables are accepted");
}

describe("readRedisOptions", () => {
  it("says nothing where no server is named", () => {
    expect(readRedisOptions({})).toBeUndefined();
    expect(readRedisOptions({ REDIS_URL: "", REDIS_HOST: " ", REDIS_PORT: "", REDIS_SSL: "" })).toBeUndefined();
    expect(readRedisOptions({ REDIS_PREFIX: "app:", REDIS_TIMEOUT_MS: "2000" })).toBeUndefined();
  });

  it.each([
    "redis://localhost",
    "redis://localhost:6379/",
    "redis://:p%40ss@cache.example.com:6380/3",
    "rediss://user:password@[2001:db8::1]:6379/0",
  ])("takes the URL %s", (url) => {
    expect(readRedisOptions({ REDIS_URL: ` ${url} ` })).toEqual({ url });
  });

  it("puts the prefix and the deadline beside any source", () => {
    const environment = { REDIS_PREFIX: "app:", REDIS_TIMEOUT_MS: "2000" };
    const shared = { prefix: "app:", timeoutMs: 2000 };
    expect(readRedisOptions({ ...environment, REDIS_URL: "redis://cache" })).toEqual({
      ...shared,
      url: "redis://cache",
    });
    expect(readRedisOptions({ ...environment, REDIS_HOST: "cache" })).toEqual({ ...shared, host: "cache" });
    expect(readRedisOptions({ ...environment, REDIS_CLUSTER_NODES: "a" })).toMatchObject(shared);
  });

  it("takes a server in parts", () => {
    const environment = {
      REDIS_HOST: "cache",
      REDIS_PORT: "6380",
      REDIS_DB: "2",
      REDIS_USERNAME: "app",
      REDIS_PASSWORD: " p@ss word ",
      REDIS_SSL: "true",
    };
    const password = " p@ss word ";
    expect(readRedisOptions(environment)).toEqual({
      ...{ host: "cache", port: 6380, db: 2 },
      ...{ username: "app", password, tls: {} },
    });
    expect(readRedisOptions({ REDIS_HOST: "cache", REDIS_SSL: "false", REDIS_DB: "0" })).toEqual({
      host: "cache",
      db: 0,
    });
  });

  it("takes the nodes of a Cluster, with the port that they have or the usual one", () => {
    expect(readRedisOptions({ REDIS_CLUSTER_NODES: "a:7000, 10.0.0.1:7001,[2001:db8::1]:7002,d," + "e" })).toEqual({
      cluster: {
        nodes: [
          { host: "a", port: 7000 },
          { host: "10.0.0.1", port: 7001 },
          { host: "2001:db8::1", port: 7002 },
          { host: "d", port: 6379 },
          { host: "e", port: 6379 },
        ],
        options: { redisOptions: {} },
      },
    });
  });

  it("reaches the nodes of an encrypted Cluster by name, as their certificates are made out to names", () => {
    const options = readRedisOptions({
      REDIS_CLUSTER_NODES: "cache.example.com",
      REDIS_PASSWORD: "pass",
      REDIS_SSL: "true",
    });
    if (options === undefined || !("cluster" in options)) throw new Error("No Cluster");
    const { dnsLookup, redisOptions } = options.cluster.options ?? {};
    expect(redisOptions).toEqual({ password: "pass", tls: {} });
    const found: unknown[] = [];
    dnsLookup?.("cache.example.com", (...answer) => found.push(answer));
    expect(found).toEqual([[null, "cache.example.com"]]);
  });

  it("reads no parts beside a URL, so that what Kubernetes sets for a service named redis is no obstacle", () => {
    const links = { REDIS_PORT: "tcp://10.0.0.11:6379" };
    expect(readRedisOptions({ ...links, REDIS_URL: "redis://cache" })).toEqual({ url: "redis://cache" });
    expect(readRedisOptions(links)).toBeUndefined();
    expect(refusal({ ...links, REDIS_HOST: "cache" }).message).toMatch(/^REDIS_PORT: .*Kubernetes/);
  });

  it.each([
    ["REDIS_PORT", "6379"],
    ["REDIS_DB", "0"],
    ["REDIS_USERNAME", "app"],
    ["REDIS_PASSWORD", "pass"],
    ["REDIS_SSL", "true"],
  ])("misses the host beside %s, rather than falling back to memory", (name, text) => {
    expect(refusal({ [name]: text })).toMatchObject({ field: "REDIS_HOST", message: expect.stringContaining(name) });
  });

  it.each<[EnvironmentVariable, Environment]>([
    ["REDIS_URL", { REDIS_URL: "cache:6379" }],
    ["REDIS_URL", { REDIS_URL: "http://cache:6379" }],
    ["REDIS_URL", { REDIS_URL: "redis://" }],
    ["REDIS_URL", { REDIS_URL: "redis://cache/zero" }],
    ["REDIS_URL", { REDIS_URL: "redis://cache/0/1" }],
    ["REDIS_URL", { REDIS_URL: "redis://cache:port" }],
    ["REDIS_URL", { REDIS_URL: "redis://:100%@cache" }],
    ["REDIS_PORT", { REDIS_HOST: "cache", REDIS_PORT: "0" }],
    ["REDIS_DB", { REDIS_HOST: "cache", REDIS_DB: "first" }],
    ["REDIS_SSL", { REDIS_HOST: "cache", REDIS_SSL: "starttls" }],
    ["REDIS_PREFIX", { REDIS_PREFIX: "{app}" }],
    ["REDIS_TIMEOUT_MS", { REDIS_TIMEOUT_MS: "2s" }],
    ["REDIS_TIMEOUT_MS", { REDIS_TIMEOUT_MS: "0" }],
    ["REDIS_CLUSTER_NODES", { REDIS_CLUSTER_NODES: "a:1,,b:2" }],
    ["REDIS_CLUSTER_NODES", { REDIS_CLUSTER_NODES: "redis://a:1" }],
    ["REDIS_CLUSTER_NODES", { REDIS_CLUSTER_NODES: "a:99999" }],
    ["REDIS_CLUSTER_NODES", { REDIS_CLUSTER_NODES: "a", REDIS_URL: "redis://b" }],
    ["REDIS_DB", { REDIS_CLUSTER_NODES: "a", REDIS_DB: "1" }],
  ])("names %s, refusing %j", (name, environment) => {
    expect(refusal(environment).field).toBe(name);
  });

  it("never says what is in a variable", () => {
    const names = ["REDIS_URL", "REDIS_PORT", "REDIS_DB", "REDIS_SSL", "REDIS_PREFIX", "REDIS_TIMEOUT_MS"] as const;
    const secret = fc.stringMatching(/^[a-z]{12}[{}]$/);
    fc.assert(
      fc.property(fc.constantFrom(...names), secret, (name, text) => {
        const error = refusal({ REDIS_HOST: "cache", [name]: name === "REDIS_URL" ? `redis://:${text}%@cache` : text });
        expect(error.field).toBe(name);
        expect(`${error.stack} ${error.cause}`).not.toContain(text.slice(0, 12));
      }),
    );
  });
});
