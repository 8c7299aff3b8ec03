import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { ConfigurationError, createBackendFromEnv, createMemoryBackend, type KeywardEvent } from "./index.ts";

describe("createBackendFromEnv", () => {
  it("is memory without any variable", async () => {
    const backend = createBackendFromEnv({});
    expect(backend).toMatchObject({ name: "memory", capabilities: { reach: "local" } });
    await backend.close();
  });

  it("reads process.env where nothing else is given", () => {
    vi.stubEnv("REDIS_URL", "redis://cache");
    vi.stubEnv("REDIS_ENABLED", undefined);
    expect(createBackendFromEnv().name).toBe("ioredis");
    vi.stubEnv("REDIS_URL", "cache");
    expect(() => createBackendFromEnv()).toThrow(ConfigurationError);
    vi.unstubAllEnvs();
  });

  it("is memory where the runtime has no process", () => {
    vi.stubGlobal("process", undefined);
    const { name } = createBackendFromEnv();
    vi.unstubAllGlobals();
    expect(name).toBe("memory");
  });

  it("knows its capabilities before it connects", () => {
    expect(createBackendFromEnv({ REDIS_HOST: "cache" })).toMatchObject({
      name: "ioredis",
      capabilities: { reach: "shared", push: true, billedPerCommand: false, hearsOfReplicas: true },
    });
  });

  it("is off with REDIS_ENABLED=false or USE_REDIS=false where a store is named, however wrong the rest is", () => {
    for (const [name, text] of [
      ["REDIS_ENABLED", "false"],
      ["USE_REDIS", " FALSE "],
    ] as const) {
      for (const store of [{ REDIS_URL: "nonsense" }, { REDIS_HOST: "cache" }, { KV_REST_API_URL: "http:" }]) {
        const backend = createBackendFromEnv({ ...store, REDIS_PORT: "x", [name]: text });
        expect(backend).toMatchObject({ name: "off", mode: "off", capabilities: { reach: "off" } });
      }
      expect(createBackendFromEnv({ [name]: text, REDIS_PORT: "x" }).name).toBe("memory");
    }
  });

  it("serves from memory, off and on, what may be degraded", async () => {
    const backend = createBackendFromEnv({ REDIS_URL: "redis://127.0.0.1:1", USE_REDIS: "0" });
    await backend.set("key", "value", { degrade: "local" });
    expect(await backend.get("key", { degrade: "local" })).toBe("value");
    await expect(backend.get("key")).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE", retryable: false });
    await backend.close();
  });

  it("degrades by default when the store is away, into the memory and before the observer that it is given", async () => {
    const memory = createMemoryBackend();
    const events: KeywardEvent[] = [];
    const backend = createBackendFromEnv(
      { REDIS_URL: "redis://127.0.0.1:1", REDIS_TIMEOUT_MS: "30" },
      { fallback: () => memory, observer: (event) => events.push(event) },
    );
    for (let count = 0; count < 5; count += 1) {
      expect(await backend.set("key", "value", { degrade: "local" })).toBe(true);
    }
    expect(backend.mode).toBe("local");
    expect(await memory.get("key")).toBe("value");
    expect(events.map(({ type }) => type)).toContain("backend.degraded");
    await backend.close();
  });

  it("opens no connection before the first use, and none at all with REDIS_ENABLED=false", async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    let connections = 0;
    server.on("connection", () => {
      connections += 1;
    });
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const environment = { REDIS_URL: `redis://127.0.0.1:${port}`, REDIS_TIMEOUT_MS: "200" };

    const off = createBackendFromEnv({ ...environment, REDIS_ENABLED: "false" });
    await off.set("key", "value", { degrade: "local" });
    const unused = createBackendFromEnv(environment);
    await unused.close();
    expect(connections).toBe(0);

    const used = createBackendFromEnv(environment);
    await expect(used.get("key")).rejects.toMatchObject({ operation: "get", outcome: "not-applied" });
    expect(connections).toBeGreaterThan(0);
    await Promise.all([off.close(), used.close()]);
    server.close();
  });

  it("says what to install, on first use, where ioredis is missing", async () => {
    vi.doMock("ioredis", () => {
      throw new Error("Cannot find package 'ioredis'");
    });
    const backend = createBackendFromEnv({ REDIS_URL: "redis://:secret@cache" });
    const error: unknown = await backend.get("key").catch((caught: unknown) => caught);
    vi.doUnmock("ioredis");
    expect(ConfigurationError.is(error)).toBe(true);
    expect(String(error)).toContain("npm install ioredis");
    expect(String(error)).not.toContain("secret");
  });

  it("says what to install, on first use, where the client for REST is missing", async () => {
    vi.doMock("@upstash/redis", () => {
      throw new Error("Cannot find package '@upstash/redis'");
    });
    const environment = { KV_REST_API_URL: "https://store.example.com", KV_REST_API_TOKEN: "secret" };
    const backend = createBackendFromEnv(environment);
    expect(backend).toMatchObject({ name: "upstash", capabilities: { reach: "shared", billedPerCommand: true } });
    const error: unknown = await backend.get("key").catch((caught: unknown) => caught);
    vi.doUnmock("@upstash/redis");
    expect(ConfigurationError.is(error)).toBe(true);
    expect(String(error)).toContain("npm install @upstash/redis");
    await backend.close();
  });
});
