import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { sharedByCallers } from "./shared-by-callers.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

function runOn(userAgent: string): void {
  vi.stubGlobal("navigator", { userAgent });
}

it("is one for good where callers outlive their requests", async () => {
  runOn("Node.js/24");
  const shared = sharedByCallers(() => ({}));
  const first = shared();
  await nextTurn();
  expect(shared()).toBe(first);
});

it("is one for each turn in Workers, and isn't made before it is asked for", async () => {
  const create = vi.fn(() => ({}));
  runOn("Cloudflare-Workers");
  const shared = sharedByCallers(create);
  expect(create).not.toHaveBeenCalled();
  const first = shared();
  await Promise.resolve();
  expect(shared()).toBe(first);
  await nextTurn();
  const second = shared();
  expect(second).not.toBe(first);
  expect([shared(), create.mock.calls.length]).toEqual([second, 2]);
});
