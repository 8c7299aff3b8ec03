import { createMemoryBackend } from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import { expect, test } from "vitest";
import { createRateLimiter, type RateLimiter } from "../index.ts";

/** A store that other processes share, and that is away. */
function storeThatIsAway() {
  const backend = faultyBackend(createMemoryBackend(), () => ({ kind: "fail-before" }));
  return { ...backend, capabilities: { ...backend.capabilities, reach: "shared" as const } };
}

async function admittedBy(limiters: readonly RateLimiter[]): Promise<number> {
  const decisions = await Promise.all(
    limiters.flatMap((limiter) => Array.from({ length: 10 }, () => limiter.check("user-7"))),
  );
  return decisions.filter(({ allowed }) => allowed).length;
}

const options = { limits: [{ limit: 12, window: "1m" as const }], expectedInstances: 4 };

test("limiters with one name over one store together admit one instance's part while the store is away", async () => {
  const backend = storeThatIsAway();
  const limiters = [createRateLimiter({ ...options, backend }), createRateLimiter({ ...options, backend })];
  expect(await admittedBy(limiters)).toBe(3);
});

test("limiters with two names, or over two stores, each have their own part", async () => {
  const backend = storeThatIsAway();
  const limiters = [
    createRateLimiter({ ...options, backend, name: "uploads" }),
    createRateLimiter({ ...options, backend, name: "searches" }),
    createRateLimiter({ ...options, backend: storeThatIsAway() }),
  ];
  expect(await admittedBy(limiters)).toBe(9);
});
