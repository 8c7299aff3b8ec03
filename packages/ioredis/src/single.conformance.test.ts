import { makeTlsFiles, type RedisServer, startRedis, type TlsFiles } from "@keyward/test-kit";
import { afterAll, beforeAll, describe } from "vitest";
import { ways } from "./fixtures/clients.ts";
import { testOver, timeoutMs } from "./fixtures/conformance.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

describe.each(ways)("a single Redis with $way", ({ create }) => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  testOver(
    () => [server],
    () => create(server.options, { prefix: "app:", timeoutMs }).backend,
  );
});

describe("a single Redis with TLS and a password", () => {
  let tls: TlsFiles;
  let server: RedisServer;
  beforeAll(async () => {
    tls = makeTlsFiles();
    server = await startRedis({ tls, password: "p@ss:w/rd %" });
  });
  afterAll(async () => {
    await server.stop();
    tls.remove();
  });

  testOver(
    () => [server],
    () => createIoredisBackend({ url: server.url, tls: { ca: tls.ca }, timeoutMs }),
  );
});
