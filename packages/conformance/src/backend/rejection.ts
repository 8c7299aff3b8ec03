import { type BackendError, type BackendErrorCode, KeywardError } from "@keyward/core";
import { expect } from "vitest";
import { mentions } from "./mentions.ts";

/** Stands for what must never be seen in an error; part of keys and values in calls that fail. */
export const secret = "S3CRET-0F-A-TENANT";

/** What a call rejects with. Fails when it resolves, or throws before there is a promise. */
export async function rejection(call: () => Promise<unknown>): Promise<unknown> {
  let pending: Promise<unknown>;
  try {
    pending = call();
  } catch (error) {
    throw new Error(`threw at once instead of rejecting: ${String(error)}`);
  }
  return pending.then(
    (value) => {
      throw new Error(`resolved with ${String(value)} instead of rejecting`);
    },
    (error: unknown) => error,
  );
}

/** Goes by `code`, as callers do: the error may come from another copy of the core. */
export async function expectBackendError(
  call: () => Promise<unknown>,
  code: BackendErrorCode,
  details: Partial<Pick<BackendError, "operation" | "outcome">> = {},
): Promise<void> {
  const error = await rejection(call);
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
