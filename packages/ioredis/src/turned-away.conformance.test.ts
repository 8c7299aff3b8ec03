import type { KeyValueBackend } from "@keyward/core";
import { askServer, type RedisServer, startRedis, until } from "@keyward/test-kit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ways } from "./fixtures/clients.ts";

let server: RedisServer;
let backend: KeyValueBackend;

beforeAll(async () => {
  server = await startRedis({ password: "right" });
});
afterAll(() => server.stop());

describe.each(ways)("a server that doesn't take the password, with $way", ({ create }) => {
  beforeEach(() => {
    backend = create({ ...server.options, password: "wrong" }).backend;
  });
  afterEach(() => backend.close());

  it("is waited for by no call between two attempts to connect", async () => {
    let atOnce = 0;
    await until("ten calls have been answered before the process looks at a socket or a timer again", async () => {
      let isOver = false;
      const call = backend.set("key", "value").catch((error: unknown) => {
        isOver = true;
        return error;
      });
      await new Promise<void>((resolve) => process.nextTick(() => queueMicrotask(resolve)));
      if (isOver) atOnce += 1;
      expect(await call).toMatchObject({ code: "BACKEND_REJECTED", outcome: "not-applied", retryable: false });
      return atOnce >= 10;
    });
  });

  it("is used as soon as it does", async () => {
    await expect(backend.get("key")).rejects.toMatchObject({ code: "BACKEND_REJECTED" });
    await askServer(server.options, "CONFIG", "SET", "requirepass", "wrong");
    await until("it answers", async () => (await backend.ping()) >= 0);
    await askServer({ ...server.options, password: "wrong" }, "CONFIG", "SET", "requirepass", "right");
  });
});
