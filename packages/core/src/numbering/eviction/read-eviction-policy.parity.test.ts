import { adminClient, startRedis } from "@keyward/test-kit";
import { expect, it } from "vitest";
import { createMemoryBackend } from "../../memory/memory-backend.ts";
import { evictionPolicy, readEvictionPolicy } from "./read-eviction-policy.ts";

it.each([
  [[], ""],
  [["--maxmemory-policy", "allkeys-lru"], ""],
  [["--maxmemory", "50mb", "--maxmemory-policy", "noeviction"], "noeviction"],
  [["--maxmemory", "50mb", "--maxmemory-policy", "volatile-ttl"], "volatile-ttl"],
])("reads the policy of a server started with %j as %j", async (args, policy) => {
  const server = await startRedis({ args });
  const client = adminClient(server.options);
  try {
    expect(await client.eval(evictionPolicy.lua, 1, "key", "")).toBe(policy);
  } finally {
    client.disconnect();
    await server.stop();
  }
});

it("finds nothing to warn about in memory", async () => {
  expect(await readEvictionPolicy(createMemoryBackend(), "key")).toBeUndefined();
});
