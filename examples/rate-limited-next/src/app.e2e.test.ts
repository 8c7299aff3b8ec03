import { fileURLToPath } from "node:url";
import { spelledPaths, startRedis } from "@keyward/test-kit";
import { sample } from "fast-check";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ask, buildApp, type Instance, startApp } from "./fixtures/next-app.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
let build: string;

beforeAll(async () => {
  build = await buildApp(folder);
}, 240_000);

test("the app limits each route by the table, and logs each check", async () => {
  const { port, lines } = await startApp(folder);
  const first = await ask(port, "/api/ai/supervisor");
  expect([first.status, first.headers["ratelimit"]]).toEqual([200, '"1m";r=9;t=60, "1d";r=99;t=86400']);
  for (let count = 1; count < 10; count += 1) expect((await ask(port, "/api/ai/supervisor")).status).toBe(200);
  const refused = await ask(port, "/api/ai/supervisor");
  expect([refused.status, refused.headers["content-type"], refused.headers["retry-after"]]).toEqual([
    429,
    "application/problem+json",
    expect.stringMatching(/^\d+$/),
  ]);
  expect(JSON.parse(refused.body)).toMatchObject({ "violated-policies": ["1m"] });
  expect(JSON.parse((await ask(port, "/api/ai/other")).body)).toEqual({ tool: ["other"] });
  const server = await ask(port, "/api/servers/7", { method: "GET" });
  expect([JSON.parse(server.body), server.headers["ratelimit"]]).toEqual([
    { id: "7", state: "running" },
    '"1m";r=29;t=60',
  ]);
  expect((await ask(port, "/health", { method: "GET" })).headers["ratelimit"]).toBeUndefined();
  expect((await ask(port, "/api/ai/supervisor", { ip: "198.51.100.9" })).status).toBe(200);
  await expect.poll(() => lines.length).toBe(15);
  expect(JSON.parse(lines[10] ?? "")).toEqual({
    ip: "203.0.113.7",
    path: "/api/ai/supervisor",
    allowed: false,
    remaining: 0,
    latencyMs: expect.any(Number),
  });
}, 60_000);

test("no spelling of its path reaches a route whose limit is used up", async () => {
  const { port } = await startApp(folder);
  const served = (body: string) => body.includes("Nothing to report.");
  const data = `/_next/data/${build}/api/ai/supervisor.json`;
  // Each of them is served where there is no limit, or else nothing would be proven below.
  const alike = ["/api/ai/supervisor", "/api/x/../ai/%2e/supervisor", "/api/ai/supervisor#x", data];
  for (const path of alike) expect(served((await ask(port, path, { ip: "192.0.2.1" })).body)).toBe(true);
  const spellings = [...alike, ...sample(spelledPaths(["/api/ai/supervisor", data]), 200)];
  let answered = 0;
  for (const [index, path] of spellings.entries()) {
    const ip = `10.0.${index >> 8}.${index & 255}`;
    await Promise.all(Array.from({ length: 10 }, () => ask(port, "/api/ai/supervisor", { ip })));
    const { status, body } = await ask(port, path, { ip });
    expect([path, served(body)]).toEqual([path, false]);
    if (status === 429) answered += 1;
  }
  expect(answered).toBeGreaterThan(alike.length);
}, 120_000);

test("two instances on one Redis count together", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const [one, other] = (await Promise.all([1, 2].map(() => startApp(folder, { REDIS_URL: redis.url })))) as [
    Instance,
    Instance,
  ];
  const left = async ({ port }: Instance) =>
    (await ask(port, "/api/servers/7", { method: "GET" })).headers["ratelimit"];
  expect(await left(one)).toContain("r=29");
  expect(await left(other)).toContain("r=28");
}, 60_000);
