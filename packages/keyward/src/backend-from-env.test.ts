import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { ConfigurationError, createBackendFromEnv } from "./index.ts";

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
      capabilities: { reach: "shared", push: true, billedPerCommand: false },
    });
  });

  it("is memory with REDIS_ENABLED=false, however wrong the rest is", () => {
    const environment = { REDIS_URL: "nonsense", KV_REST_API_URL: "https://store", REDIS_PORT: "x" };
    for (const REDIS_ENABLED of ["false", "0", " FALSE "]) {
      expect(createBackendFromEnv({ ...environment, REDIS_ENABLED }).name).toBe("memory");
    }
    expect(() => createBackendFromEnv({ REDIS_ENABLED: "maybe" })).toThrow("REDIS_ENABLED: takes true or false");
  });

  it("refuses a store over REST, rather than falling back to memory", () => {
    for (const name of ["KV_REST_API_URL", "KV_REST_API_TOKEN"]) {
      const text = "https://secret-store.example.com";
      expect(() => createBackendFromEnv({ [name]: text })).toThrow(
        expect.objectContaining({ field: name, message: expect.not.stringContaining("secret-store") }),
      );
      expect(createBackendFromEnv({ [name]: text, REDIS_URL: "redis://cache" }).name).toBe("ioredis");
      expect(createBackendFromEnv({ [name]: text, REDIS_ENABLED: "false" }).name).toBe("memory");
    }
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
    await off.set("key", "value");
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
});
