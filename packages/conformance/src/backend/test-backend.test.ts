import { createMemoryBackend } from "@keyward/core";
import { describe } from "vitest";
import { testBackend } from "./test-backend.ts";

const capabilities = { reach: "local", push: true, billedPerCommand: false } as const;

describe("on a clock that can be moved", () => {
  let now = 1_700_000_000_000;
  testBackend(() => createMemoryBackend({ now: () => now }), {
    capabilities,
    advance(ms) {
      now += ms;
    },
  });
});

describe("in real time", () => {
  testBackend(() => createMemoryBackend(), { capabilities });
});
