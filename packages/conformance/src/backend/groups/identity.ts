import { expect } from "vitest";
import { checksOf } from "../checks-of.ts";

export const identityChecks = checksOf("identity", {
  "has a name and says what it can do": async ({ backend, expectations }) => {
    expect(backend.name).toMatch(/\S/);
    expect(backend.capabilities).toEqual(expectations.capabilities);
  },

  "ping says how many milliseconds the store took": async ({ backend }) => {
    const ms = await backend.ping();
    expect(Number.isFinite(ms) && ms >= 0, `${ms} is a number of milliseconds`).toBe(true);
  },
});
