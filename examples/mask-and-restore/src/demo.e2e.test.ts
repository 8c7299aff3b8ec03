import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { adminClient, startRedis } from "@keyward/test-kit";
import { expect, onTestFinished, test } from "vitest";
import { sensitiveValues } from "./sample-data.ts";

const demo = fileURLToPath(new URL("demo.ts", import.meta.url));
const listed = new Set(sensitiveValues.map(({ value }) => value)).size;

async function run(files: readonly string[] = [], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [demo, ...files], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, output, errors };
}

test("the demo finds and restores everything in memory, and writes a pipe no colours", async () => {
  const { code, output, errors } = await run();
  expect(errors).toBe("");
  expect(output).toContain(`${listed} of ${listed} listed values`);
  expect(output).toContain("Nothing leaked, everything was restored.");
  expect(output).toMatch(/0 to mask it all again/);
  expect(output).not.toContain("\u001b[");
  expect(code).toBe(0);
});

test("the demo does the same on Redis, and leaves nothing there but numbers", async () => {
  const redis = await startRedis();
  const client = adminClient(redis.options);
  onTestFinished(async () => {
    client.disconnect();
    await redis.stop();
  });
  const { code, output, errors } = await run([], { REDIS_URL: redis.url });
  expect(errors).toBe("");
  expect(output).toContain(`store: Redis at ${redis.host}:${redis.port}`);
  expect(output).toContain(`${listed} of ${listed} listed values`);
  expect(code).toBe(0);
  const hashes = await Promise.all((await client.keys("*")).map((key) => client.hgetall(key)));
  const values = hashes.flatMap((fields) => Object.entries(fields).filter(([field]) => !field.startsWith("!")));
  expect(values.length).toBeGreaterThan(0);
  expect(values.filter(([, value]) => !/^\d+$/.test(value))).toEqual([]);
});

test("the demo takes files of one's own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "keyward-demo-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "own.log");
  writeFileSync(file, "login of someone@example.com from 198.51.100.7\n");
  const { code, output } = await run([file]);
  expect(output).toContain("login of PII_EMAIL_001 from NET_IPV4_001");
  expect(output).toContain("2 values of 2 kinds in 1 documents");
  expect(code).toBe(0);
});

test("the demo ends with a code of failure and a sentence when the store is away", async () => {
  const redis = await startRedis();
  await redis.stop();
  const { code, output, errors } = await run([], { REDIS_URL: redis.url });
  expect(output).toContain("✗");
  expect(output).not.toContain("everything was restored");
  expect(errors).toBe("");
  expect(code).toBe(1);
});
