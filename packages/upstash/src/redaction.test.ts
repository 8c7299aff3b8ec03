import { defineScript, type KeyValueBackend } from "@keyward/core";
import { everythingShown } from "@keyward/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type StandIn, type StandInRequest, startStandIn } from "./fixtures/start-stand-in.ts";
import { createUpstashBackend } from "./upstash-backend.ts";

const secrets = ["s3cret-key", "s3cret-value", "s3cret-token", "s3cret-message", "s3cret-path", "s3cret-password"];

let server: StandIn;
let backend: KeyValueBackend;
beforeEach(async () => {
  server = await startStandIn();
  backend = createUpstashBackend({ url: `${server.url}/s3cret-path`, token: "s3cret-token", timeoutMs: 200 });
});
afterEach(async () => {
  await backend.close();
  await server.stop();
});

const failing = defineScript<string, unknown>({
  name: "failing",
  keys: ["any"],
  args: (input) => [input],
  reply: () => {
    throw new Error("s3cret-value");
  },
  lua: "return 1",
  memory: () => null,
});

async function expectClean(call: () => Promise<unknown>): Promise<void> {
  const error = await call().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toHaveProperty("code");
  for (const secret of secrets) expect(everythingShown(error)).not.toContain(secret);
}

const echo = ({ commands }: StandInRequest) => JSON.stringify(commands);

describe.each<[string, (request: StandInRequest) => void]>([
  ["an error of the command's", (request) => request.answer([{ error: `WRONGTYPE ${echo(request)}` }])],
  ["an error without a code", (request) => request.answer([{ error: echo(request) }])],
  ["an error of a limit", (request) => request.answer([{ error: `ERR max key size exceeded ${echo(request)}` }])],
  ["a refusal that quotes", (request) => request.answer({ error: `${echo(request)} s3cret-token` }, 401)],
  ["a page that quotes", (request) => request.answer(`<html>${echo(request)}</html>`, 502)],
  ["a body that quotes", (request) => request.answer(echo(request))],
  ["results that quote", (request) => request.answer([{ result: { quoted: echo(request) } }])],
  ["a broken connection", ({ cut }) => cut()],
  ["nothing", () => {}],
])("a server that answers with %s", (_title, handle) => {
  it("leads to errors without keys, values, address or token", async () => {
    const printed = [vi.spyOn(console, "error"), vi.spyOn(console, "warn"), vi.spyOn(console, "log")];
    server.handle = handle;
    await expectClean(() => backend.get("s3cret-key"));
    await expectClean(() => backend.set("s3cret-key", "s3cret-value"));
    await expectClean(() => backend.run(failing, ["s3cret-key"], "s3cret-value"));
    await expectClean(() => backend.publish("s3cret-key", "s3cret-message"));
    await expectClean(() => backend.subscribe("s3cret-key", () => {}));
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

describe("errors", () => {
  it("about an unreadable reply contain nothing of it", async () => {
    server.handle = ({ answer }) => answer([{ result: 1 }]);
    await expectClean(() => backend.run(failing, ["s3cret-key"], "s3cret-value"));
  });

  it("about a refused connection contain no address", async () => {
    await server.stop();
    await expectClean(() => backend.set("s3cret-key", "s3cret-value"));
    await expectClean(() => backend.subscribe("s3cret-key", () => {}));
    server = await startStandIn();
  });

  it.each([
    { url: "s3cret-password", token: "s3cret-token" },
    { url: "https://user:s3cret-password@localhost", token: "s3cret-token" },
    { url: "https://localhost?s3cret-path", token: "s3cret-token" },
    { url: "https://localhost", token: "s3cret-token s3cret-password" },
  ])("about options contain nothing of them, case %#", async (options) => {
    await expectClean(async () => createUpstashBackend(options));
  });
});
