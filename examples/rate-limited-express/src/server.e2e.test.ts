import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startRedis } from "@keyward/test-kit";
import { expect, onTestFinished, test } from "vitest";

const server = fileURLToPath(new URL("server.ts", import.meta.url));

interface Instance {
  readonly url: string;
  /** What it has written, but for its first line. */
  readonly lines: readonly string[];
  readonly process: ChildProcess;
}

async function start(environment: Record<string, string> = {}): Promise<Instance> {
  const child = spawn(process.execPath, [server], {
    env: { PATH: process.env["PATH"], PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  const [first] = (await once(reader, "line")) as [string];
  reader.on("line", (line) => lines.push(line));
  return { url: /http:\S+\d/.exec(first)?.[0] ?? "", lines, process: child };
}

test("the app limits each route by the table, whatever a path looks like, and logs each check", async () => {
  const { url, lines, process } = await start();
  const ask = (path: string, method = "POST") => fetch(url + path, { method });
  const first = await ask("/api/ai/supervisor");
  expect([first.status, first.headers.get("ratelimit")]).toEqual([200, '"1m";r=9;t=60, "1d";r=99;t=86400']);
  for (let count = 1; count < 10; count += 1) expect((await ask("/api/ai/supervisor")).status).toBe(200);
  for (const path of ["/api/ai/supervisor", "/API/ai/%73upervisor/", "/api//ai/supervisor"]) {
    const refused = await ask(path);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect(await refused.json()).toMatchObject({ "violated-policies": ["1m"] });
  }
  expect((await ask("/api/ai/other")).status).toBe(200);
  expect((await ask("/api/servers/7", "GET")).headers.get("ratelimit")).toContain("r=29");
  expect((await ask("/health", "GET")).headers.get("ratelimit")).toBeNull();
  expect((await ask("/", "GET")).headers.get("ratelimit")).toContain("r=9");
  process.kill("SIGTERM");
  expect(await once(process, "exit")).toEqual([0, null]);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    ip: "127.0.0.1",
    path: "/api/ai/supervisor",
    allowed: true,
    remaining: 9,
    latencyMs: expect.any(Number),
  });
  expect(JSON.parse(lines[10] ?? "")).toMatchObject({ allowed: false, remaining: 0 });
});

test("two instances on one Redis count together, by the address that the proxy vouches for", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const instances = await Promise.all([1, 2].map(() => start({ REDIS_URL: redis.url, TRUSTED_PROXIES: "1" })));
  const ask = async (instance: number, forwarded: string) => {
    const headers = { "x-forwarded-for": forwarded };
    const response = await fetch(`${instances[instance]?.url}/api/servers/7`, { headers });
    return response.headers.get("ratelimit");
  };
  expect(await ask(0, "203.0.113.7")).toContain("r=29");
  expect(await ask(1, "1.2.3.4, 203.0.113.7")).toContain("r=28");
  expect(await ask(1, "198.51.100.9")).toContain("r=29");
});
