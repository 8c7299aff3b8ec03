import type { KeyValueBackend } from "@keyward/core";
import { defineScript } from "@keyward/core";
import { askServer, everythingShown, startRedis, startTcpProxy } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ways } from "./fixtures/clients.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

const secrets = ["s3cret-key", "s3cret-value", "s3cret-password", "s3cret-user", "s3cret-message"];
let server: Awaited<ReturnType<typeof startRedis>>;

beforeAll(async () => {
  server = await startRedis({ password: "s3cret-password" });
});
afterAll(() => server.stop());

const failing = defineScript<string, unknown>({
  name: "failing",
  keys: ["any"],
  args: (input) => [input],
  reply: () => {
    throw new Error("s3cret-value");
  },
  lua: 'if ARGV[2] == "s3cret-value" then return redis.error_reply("ERR " .. ARGV[2] .. KEYS[1]) end return "s3cret-value"',
  memory: () => null,
});

async function expectClean(call: Promise<unknown>, code: string): Promise<void> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code });
  for (const secret of secrets) expect(everythingShown(error)).not.toContain(secret);
}

describe.each(ways)("errors with $way", ({ create }) => {
  const withBackend = async (
    address: Parameters<typeof create>[0],
    work: (backend: KeyValueBackend) => Promise<void>,
  ) => {
    const { backend } = create(address, { timeoutMs: 1_000 });
    const printed = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
    try {
      await work(backend);
      for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    } finally {
      for (const spy of printed) spy.mockRestore();
      await backend.close();
    }
  };

  it("of the server hold neither keys nor values", async () => {
    await askServer(server.options, "FLUSHALL");
    await askServer(server.options, "HSET", "s3cret-key", "field", "value");
    await withBackend(server.options, async (backend) => {
      await expectClean(backend.get("s3cret-key"), "BACKEND_REJECTED");
      await expectClean(backend.run(failing, ["s3cret-key"], "s3cret-value"), "BACKEND_REJECTED");
      await expectClean(backend.run(failing, ["s3cret-key"], "other"), "BACKEND_REPLY_INVALID");
      await askServer(server.options, "CONFIG", "SET", "maxmemory", "1");
      await expectClean(backend.set("s3cret-key", "s3cret-value"), "BACKEND_FULL");
      await askServer(server.options, "CONFIG", "SET", "maxmemory", "0");
    });
  });

  it("of the connection hold neither keys, values nor the password", async () => {
    const proxy = await startTcpProxy(server);
    await withBackend({ ...server.options, ...{ host: proxy.host, port: proxy.port } }, async (backend) => {
      await backend.ping();
      proxy.mode = "swallow-replies";
      await expectClean(backend.set("s3cret-key", "s3cret-value", { timeoutMs: 50 }), "BACKEND_TIMEOUT");
      const lost = expectClean(
        backend.publish("s3cret-key", "s3cret-message", { timeoutMs: 5_000 }),
        "BACKEND_UNAVAILABLE",
      );
      await proxy.refuse();
      await lost;
      await expectClean(backend.set("s3cret-key", "s3cret-value"), "BACKEND_UNAVAILABLE");
      const pending = expectClean(backend.set("s3cret-key", "s3cret-value", { timeoutMs: 5_000 }), "BACKEND_CLOSED");
      await backend.close();
      await pending;
    });
  });

  it("of a refused log-in come at once, without what was tried", async () => {
    const address = { ...server.options, password: "s3cret-password-of-another" };
    await withBackend(address, async (backend) => {
      await expectClean(backend.get("s3cret-key", { timeoutMs: 20_000 }), "BACKEND_REJECTED");
    });
  });
});

describe("errors about options", () => {
  it.each([
    "s3cret-password",
    "http://s3cret-user:s3cret-password@localhost",
    "redis://s3cret-user:s3cret-password@localhost:port",
    "redis://s3cret-user:s3cret-password%@localhost",
    "redis://s3cret-user:s3cret-password@localhost/database",
  ])("hold nothing of the URL, the %#th", async (url) => {
    await expectClean((async () => createIoredisBackend({ url }))(), "CONFIGURATION_INVALID");
  });
});
