import { createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { findFailures } from "../check/find-failures.ts";
import { backendChecks } from "./backend-checks.ts";
import type { BackendExpectations, CreateBackend } from "./backend-expectations.ts";
import { openSubject } from "./backend-subject.ts";
import { distanceDefects } from "./fixtures/distance-defects.ts";
import { createDistantStore } from "./fixtures/distant-store.ts";
import { lifecycleDefects } from "./fixtures/lifecycle-defects.ts";
import { scriptDefects } from "./fixtures/script-defects.ts";
import { type BackendDefect, spoiledBackend } from "./fixtures/spoiled-backend.ts";
import { valueDefects } from "./fixtures/value-defects.ts";

describe("a defect is found in a backend of its own process", () => {
  for (const [name, defect] of Object.entries({ ...valueDefects, ...scriptDefects, ...lifecycleDefects })) {
    it(name, async () => expect(await failuresOnMemory(defect)).not.toEqual([]));
  }

  it("and none where everything is passed on", async () => {
    expect(await failuresOnMemory(() => ({}), 5000)).toEqual([]);
  });
});

describe("a defect is found in a client of a distant store", () => {
  for (const [name, defect] of Object.entries(distanceDefects)) {
    it(name, async () => expect(await failuresAtDistance(defect, 400)).not.toEqual([]));
  }

  it("and none where everything is passed on", async () => {
    expect(await failuresAtDistance(() => ({}), 5000)).toEqual([]);
  });
});

describe("backendChecks", () => {
  it("requires a second instance of a shared backend", () => {
    const capabilities = { reach: "shared", push: true, billedPerCommand: false } as const;
    expect(() => backendChecks({ capabilities })).toThrow("createSecond");
  });

  it("leaves out what isn't expected, instead of skipping it", () => {
    const groups = backendChecks({
      capabilities: { reach: "local", push: false, billedPerCommand: true },
    }).map(({ group }) => group);
    expect(groups).not.toContain("messages");
    expect(groups).not.toContain("sharing");
    expect(groups).toContain("closing");
  });
});

function failuresOnMemory(defect: BackendDefect, patienceMs = 400): Promise<string[]> {
  let now = 1_700_000_000_000;
  return failures(() => spoiledBackend(createMemoryBackend({ now: () => now }), defect), {
    capabilities: { reach: "local", push: true, billedPerCommand: false },
    patienceMs,
    advance(ms) {
      now += ms;
    },
  });
}

function failuresAtDistance(defect: BackendDefect, patienceMs: number): Promise<string[]> {
  const { connect, ...store } = createDistantStore();
  return failures(() => spoiledBackend(connect(), defect), { ...store, patienceMs, createSecond: connect });
}

async function failures(create: CreateBackend, expectations: BackendExpectations): Promise<string[]> {
  const subject = await openSubject(create, expectations);
  const found = await findFailures(backendChecks(expectations), subject, { stopAtFirst: true });
  return found.map(({ group, title, error }) => `${group}: ${title}: ${String(error)}`);
}
