import { BackendError } from "@keyward/core";
import { describe, expect, it, vi } from "vitest";
import { createRateLimiter } from "../../rate-limiter.ts";
import { refundRequest } from "./refund-request.ts";

const limiter = createRateLimiter({ limits: [{ limit: 5, window: "1m" }] });
const late = { operation: "run", outcome: "unknown", retryable: true } as const;
const never = () => {
  throw new Error("never asked");
};

describe("refundRequest", () => {
  it("gives back what is due, and nothing else", async () => {
    const failed = vi.fn();
    const decision = await limiter.check("kim", { cost: 2 });
    await refundRequest(limiter, decision, async () => false, failed);
    expect(await limiter.peek("kim")).toMatchObject({ remaining: 3 });
    await refundRequest(limiter, decision, async () => true, failed);
    expect(await limiter.peek("kim")).toMatchObject({ remaining: 5 });
    expect(failed).not.toHaveBeenCalled();
  });

  it("doesn't ask if nothing was taken", async () => {
    const refused = await limiter.check("lee", { cost: 6 });
    await refundRequest(limiter, refused, never, never);
  });

  it.each([
    ["an error that isn't Keyward's", new Error("token=secret"), /: refundOn threw$/],
    ["the store's", new BackendError("BACKEND_TIMEOUT", "late", late), /: late$/],
  ])("tells of %s with a line that says nothing about the request", async (_whose, error, line) => {
    const failed = vi.fn(() => Promise.reject(error));
    const decision = await limiter.check("park");
    await refundRequest(limiter, decision, () => Promise.reject(error), failed);
    expect(failed).toHaveBeenCalledExactlyOnceWith(error, expect.stringMatching(line));
  });
});
