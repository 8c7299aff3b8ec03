import { type BackendError, type BackendErrorCode, KeywardError } from "@keyward/core";
import { expect } from "vitest";
import { mentions } from "./mentions.ts";

/** Part of the keys and values in calls that fail. It must never appear in an error. */
export const secret = "S3CRET-0F-A-TENANT";

/** Returns what a call rejects with. Fails if it resolves, throws before there is a promise, or takes too long. */
export async function rejection(call: () => Promise<unknown>, patienceMs = 5000): Promise<unknown> {
  let pending: Promise<unknown>;
  try {
    pending = call();
  } catch (error) {
    throw new Error(`threw at once instead of rejecting: ${String(error)}`);
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`neither resolved nor rejected within ${patienceMs} ms`)),
      patienceMs,
    );
    const end = (decide: () => void) => {
      clearTimeout(timer);
      decide();
    };
    pending.then(
      (value) => end(() => reject(new Error(`resolved with ${String(value)} instead of rejecting`))),
      (error: unknown) => end(() => resolve(error)),
    );
  });
}

export interface ExpectedDetails extends Partial<Pick<BackendError, "operation" | "outcome">> {
  readonly patienceMs?: number;
}

/** Recognises an error by its `code`, as callers do, because it may come from another copy of the core. */
export async function expectBackendError(
  call: () => Promise<unknown>,
  code: BackendErrorCode,
  { patienceMs, ...details }: ExpectedDetails = {},
): Promise<void> {
  const error = await rejection(call, patienceMs);
  expect(KeywardError.is(error), `a KeywardError, not ${String(error)}`).toBe(true);
  expect(error).toMatchObject({ code, ...details });
  expect(error).toHaveProperty("retryable", expect.any(Boolean));
  expect(["not-applied", "unknown"]).toContain((error as BackendError).outcome);
  expect(mentions(error, secret), "the error quotes what it was given").toBe(false);
}

export async function expectConfigurationError(call: () => Promise<unknown>): Promise<void> {
  const error = await rejection(call);
  expect(KeywardError.is(error), `a KeywardError, not ${String(error)}`).toBe(true);
  expect(error).toMatchObject({ code: "CONFIGURATION_INVALID", field: expect.any(String) });
  expect(mentions(error, secret), "the error quotes what it was given").toBe(false);
}
