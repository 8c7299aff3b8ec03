import { expect } from "vitest";
import { checksOf } from "../checks-of.ts";

export const identityChecks = checksOf("identity", {
  "has a name and says what it can do": async ({ backend, expectations }) => {
    expect(backend.name).toMatch(/\S/);
    expect(backend.capabilities).toEqual(expectations.capabilities);
  },

  "states its own deadline, if it does, and never a shorter one for larger calls": async ({ backend }) => {
    await backend.ping();
    const deadlines = [0, 1024, 1024 * 1024].map((bytes) => backend.deadlineMs?.(bytes));
    if (deadlines.every((deadlineMs) => deadlineMs === undefined)) return;
    for (const [place, deadlineMs = 0] of deadlines.entries()) {
      expect(Number.isFinite(deadlineMs) && deadlineMs > 0, `${deadlineMs} is a number of milliseconds`).toBe(true);
      expect(deadlineMs).toBeGreaterThanOrEqual(deadlines[place - 1] ?? 0);
    }
  },

  "ping returns how many milliseconds the store took": async ({ backend }) => {
    const ms = await backend.ping();
    expect(Number.isFinite(ms) && ms >= 0, `${ms} is a number of milliseconds`).toBe(true);
  },
});
