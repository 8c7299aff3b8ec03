import { describe, expect, it } from "vitest";
import type { Environment } from "./environment.ts";
import { readStoreSettings } from "./store-settings.ts";

const tcp = { REDIS_URL: "redis://cache" };
const rest = { KV_REST_API_URL: "https://store.example.com", KV_REST_API_TOKEN: "token" };
const tuning = { REDIS_PREFIX: "app:", REDIS_TIMEOUT_MS: "2000" };

describe("readStoreSettings", () => {
  it("goes over TCP where there is TCP, else over REST", () => {
    const environment = { ...tcp, ...rest };
    expect(readStoreSettings(environment, true)).toMatchObject({ kind: "tcp", options: { url: "redis://cache" } });
    expect(readStoreSettings(environment, false)).toMatchObject({ kind: "rest" });
    expect(readStoreSettings(rest, true)).toMatchObject({ kind: "rest" });
  });

  it("puts the prefix and the deadline beside a store over REST, too", () => {
    expect(readStoreSettings({ ...rest, ...tuning }, true)).toMatchObject({
      kind: "rest",
      options: { url: "https://store.example.com", token: "token", prefix: "app:", timeoutMs: 2000 },
    });
  });

  it.each([
    ["REDIS_URL", tcp],
    ["REDIS_HOST", { REDIS_HOST: "cache" }],
    ["REDIS_CLUSTER_NODES", { REDIS_CLUSTER_NODES: "a:1,b:2" }],
  ])("says what to set where %s names the only store and there is no TCP", (name, environment) => {
    expect(() => readStoreSettings(environment, false)).toThrow(
      expect.objectContaining({
        field: name,
        message: expect.stringContaining("set KV_REST_API_URL and KV_REST_API_TOKEN"),
      }),
    );
  });

  it("refuses a malformed store even where the other one is used", () => {
    expect(() => readStoreSettings({ ...tcp, KV_REST_API_URL: "nonsense" }, true)).toThrow("KV_REST_API_TOKEN");
    expect(() => readStoreSettings({ ...rest, REDIS_URL: "nonsense" }, false)).toThrow("REDIS_URL");
  });

  it("is memory where no store is named, unless a switch says that there is one", () => {
    expect(readStoreSettings({}, true)).toEqual({ kind: "memory" });
    expect(readStoreSettings({ REDIS_ENABLED: "true", ...tcp }, true)).toMatchObject({ kind: "tcp" });
    for (const name of ["REDIS_ENABLED", "USE_REDIS"]) {
      expect(() => readStoreSettings({ [name]: "true" }, true)).toThrow(expect.objectContaining({ field: name }));
      expect(() => readStoreSettings({ [name]: "perhaps" }, true)).toThrow(`${name}: must be true or false`);
    }
  });

  it("is off when either switch says so: going back must not fail on what the other one says", () => {
    expect(readStoreSettings({ ...tcp, USE_REDIS: "true", REDIS_ENABLED: "false" }, true)).toEqual({ kind: "off" });
    expect(readStoreSettings({ ...rest, USE_REDIS: "false", REDIS_ENABLED: "true" }, false)).toEqual({ kind: "off" });
    expect(readStoreSettings({ USE_REDIS: "false", REDIS_ENABLED: "true" }, true)).toEqual({ kind: "memory" });
  });

  it("is off however wrong the other switch is, or what isn't even text", () => {
    expect(readStoreSettings({ ...tcp, USE_REDIS: "perhaps", REDIS_ENABLED: "false" }, true)).toEqual({ kind: "off" });
    const bindings = { REDIS_ENABLED: false, REDIS_URL: {} } as unknown as Environment;
    expect(readStoreSettings(bindings, true)).toEqual({ kind: "off" });
  });

  it("counts a store's commands where a month's number is given", () => {
    for (const store of [tcp, rest]) {
      expect(readStoreSettings(store, true)).toMatchObject({ commandsPerMonth: undefined });
      expect(readStoreSettings({ ...store, REDIS_COMMANDS_PER_MONTH: "500000" }, true)).toMatchObject({
        commandsPerMonth: 500_000,
      });
    }
    for (const text of ["0", "500_000", "1e6", "-1", "many"]) {
      const read = () => readStoreSettings({ ...tcp, REDIS_COMMANDS_PER_MONTH: text }, true);
      expect(read).toThrow("REDIS_COMMANDS_PER_MONTH: must be a whole number from 1");
    }
  });
});
