import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function loadFor(userAgent: string) {
  vi.resetModules();
  vi.stubGlobal("navigator", { userAgent });
  return (await import("./shared-by-callers.ts")).sharedByCallers;
}

it("is one for good where callers outlive their requests", async () => {
  const shared = (await loadFor("Node.js/24"))(() => ({}));
  const first = shared();
  await nextTurn();
  expect(shared()).toBe(first);
});

it("is one for each turn in Workers, and isn't made before it is asked for", async () => {
  const create = vi.fn(() => ({}));
  const shared = (await loadFor("Cloudflare-Workers"))(create);
  expect(create).not.toHaveBeenCalled();
  const first = shared();
  await Promise.resolve();
  expect(shared()).toBe(first);
  await nextTurn();
  const second = shared();
  expect(second).not.toBe(first);
  expect([shared(), create.mock.calls.length]).toEqual([second, 2]);
});
