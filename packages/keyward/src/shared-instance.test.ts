import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBackendFromEnv, type KeywardEvent } from "./index.ts";

beforeEach(() => {
  for (const name of ["REDIS_ENABLED", "USE_REDIS", "KV_REST_API_URL", "KV_REST_API_TOKEN"])
    vi.stubEnv(name, undefined);
  vi.stubEnv("REDIS_URL", "redis://:secret-of-the-store@127.0.0.1:1");
  vi.stubEnv("REDIS_TIMEOUT_MS", "20");
});
afterEach(async () => {
  await createBackendFromEnv().close();
  vi.unstubAllEnvs();
});

/** The module as a development server loads it once more, or as its other format. */
async function reload(): Promise<typeof createBackendFromEnv> {
  vi.resetModules();
  return (await import("./backend-from-env.ts")).createBackendFromEnv;
}

describe("createBackendFromEnv", () => {
  it("returns one backend for the process, from a reloaded module too", async () => {
    const backend = createBackendFromEnv();
    expect(createBackendFromEnv(process.env)).toBe(backend);
    const again = await reload();
    expect(again).not.toBe(createBackendFromEnv);
    expect(again()).toBe(backend);
  });

  it("returns one for each environment that it is handed, as a worker's handler is with every request", async () => {
    const environment = { REDIS_HOST: "cache" };
    const backend = createBackendFromEnv(environment);
    expect(createBackendFromEnv(environment)).toBe(backend);
    expect(createBackendFromEnv({ ...environment })).not.toBe(backend);
    expect(createBackendFromEnv()).not.toBe(backend);
    await backend.close();
  });

  it("makes another when a variable has changed, and closes the former", async () => {
    const former = createBackendFromEnv();
    vi.stubEnv("REDIS_URL", "redis://127.0.0.1:2");
    const backend = createBackendFromEnv();
    expect(backend).not.toBe(former);
    await expect(former.get("key")).rejects.toMatchObject({ code: "BACKEND_CLOSED" });
    expect(backend.mode).toBe("primary");
  });

  it("keeps the former when what has changed can't be used", () => {
    const former = createBackendFromEnv();
    vi.stubEnv("REDIS_URL", "nonsense");
    expect(() => createBackendFromEnv()).toThrow("REDIS_URL");
    expect(former.mode).toBe("primary");
    vi.stubEnv("REDIS_URL", "redis://:secret-of-the-store@127.0.0.1:1");
    expect(createBackendFromEnv()).toBe(former);
  });

  it("makes another once it has been closed", async () => {
    const closed = createBackendFromEnv();
    await closed.close();
    const backend = createBackendFromEnv();
    expect(backend).not.toBe(closed);
    expect(backend.mode).toBe("primary");
  });

  it("tells the observer of the latest call, as that of a reloaded module's former self is gone", async () => {
    const [former, latter]: [KeywardEvent[], KeywardEvent[]] = [[], []];
    createBackendFromEnv(undefined, { observer: (event) => former.push(event) });
    const backend = createBackendFromEnv(undefined, { observer: (event) => latter.push(event) });
    createBackendFromEnv();
    for (let count = 0; count < 5; count += 1) await backend.get("key").catch(() => {});
    expect(latter.map(({ type }) => type)).toContain("backend.degraded");
    expect(former).toEqual([]);
  });

  it("refuses an observer that is none, whether the backend is there or not", () => {
    const options = { observer: "console" } as never;
    expect(() => createBackendFromEnv(undefined, options)).toThrow("observer: must be a function");
    createBackendFromEnv();
    expect(() => createBackendFromEnv(undefined, options)).toThrow("observer: must be a function");
  });

  it("shares with a version that knows fewer variables, which doesn't look at the others", async () => {
    vi.stubEnv("REDIS_COMMANDS_PER_MONTH", "1000");
    const backend = createBackendFromEnv();
    vi.resetModules();
    vi.doMock("./environment.ts", async (original) => {
      const actual = await original<typeof import("./environment.ts")>();
      const known = actual.environmentVariables.filter((name) => name !== "REDIS_COMMANDS_PER_MONTH");
      return { ...actual, environmentVariables: known };
    });
    const { createBackendFromEnv: older } = await import("./backend-from-env.ts");
    expect(older()).toBe(backend);
    vi.doUnmock("./environment.ts");
  });

  it("leaves no secret in a name on the global object", () => {
    createBackendFromEnv();
    const names = Reflect.ownKeys(globalThis).map(String);
    expect(names.filter((name) => name.includes("keyward"))).toEqual(["Symbol(keyward.backends.1)"]);
    expect(names.join()).not.toContain("secret-of-the-store");
  });
});
