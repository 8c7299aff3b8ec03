import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type RedisServer, startRedis, until } from "@keyward/test-kit";
import { Redis } from "@upstash/redis";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

const program = fileURLToPath(new URL("../cli.ts", import.meta.url));

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis({ password: "redis-s3cr3t" });
});
afterAll(() => redis.stop());

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(args: readonly string[], environment: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...args], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function finished(child: Child) {
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, output, errors };
}

/** Starts the server, and reads its output up to the address and the line after it. */
async function started(args: readonly string[], environment?: Record<string, string>) {
  const child = start(args, environment);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  await until("it listens", () => /KV_REST_API_TOKEN.*\n/.test(output));
  const url = /KV_REST_API_URL=(\S+)/.exec(output)?.[1] ?? "";
  return { child, url, output, errors: () => errors };
}

describe("the command line", () => {
  it("serves Redis with a random token, which it prints, and ends with its streams at SIGTERM", async () => {
    const { child, url, output, errors } = await started(["--redis", redis.url, "--port", "0"]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const token = /KV_REST_API_TOKEN=(\S+)/.exec(output)?.[1] ?? "";
    const client = new Redis({ url, token, retry: { retries: 0 } });
    expect(await client.set("k", { a: 1 })).toBe("OK");
    expect(await client.get("k")).toEqual({ a: 1 });
    const stream = await fetch(`${url}/subscribe/chat?_token=${token}`);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(await stream.text()).toContain("data: subscribe,chat,1");
    expect(output + errors()).not.toContain("s3cr3t");
    expect(errors()).toBe("");
  });

  it("reads address and token from the environment, and prints neither", async () => {
    const environment = { REDIS_URL: redis.url, KV_REST_API_TOKEN: "token-s3cr3t" };
    const { child, url, output } = await started(["--port=0"], environment);
    expect(await new Redis({ url, token: "token-s3cr3t" }).ping()).toBe("PONG");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(output).not.toContain("s3cr3t");
  });

  it.each([
    ["can't be reached", "redis://:s3cr3t@127.0.0.1:1", "Redis can't be reached"],
    ["refuses the password", undefined, "Redis refuses the connection: WRONGPASS"],
  ])("says so if Redis %s, and listens anyway", async (_, address, warning) => {
    const wrong = redis.url.replace("redis-s3cr3t", "wrong-s3cr3t");
    const { errors } = await started(["--redis", address ?? wrong, "--port", "0"]);
    await until("it warns", () => errors().includes(warning));
    expect(errors()).not.toContain("s3cr3t");
  });

  it("explains itself", async () => {
    const { code, output } = await finished(start(["--help"]));
    expect([code, output]).toEqual([0, expect.stringContaining("npx @keyward/upstash-local --redis")]);
  });

  it.each([
    [["--redis", "http://s3cr3t"], 1, "redis: must be an address"],
    [["--token", "s3cr3t"], 1, "token: must have at least 8"],
    [["--port", "s3cr3t"], 1, "port: must be a whole number"],
    [["--host", "host.invalid"], 1, "Can't listen there"],
    [["s3cr3t"], 2, "every value must follow its option"],
    [["--verbose"], 2, "Unknown option '--verbose'"],
  ])("exits with a sentence for %j", async (args, expectedCode, sentence) => {
    const { code, output, errors } = await finished(start(args as string[]));
    expect([code, output, errors]).toEqual([expectedCode, "", expect.stringContaining(sentence as string)]);
    expect(errors).not.toContain("s3cr3t");
    expect(errors).not.toContain("    at ");
  });

  it("says that a port is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const { code, errors } = await finished(start(["--port", `${port}`]));
    expect([code, errors]).toEqual([1, expect.stringContaining("The port is taken")]);
  });
});
