import { createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createRateLimiter, type RateLimit } from "../index.ts";

const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
beforeEach(() => warn.mockClear());

const make = (limits: readonly RateLimit[], options: { backend?: KeyValueBackend; name?: string } = {}) =>
  createRateLimiter({ limits, ...options });

describe("two limiters of one name over one backend", () => {
  it("are worth a warning if their limits for a window differ", () => {
    const backend = createMemoryBackend();
    make([{ limit: 100, window: "1m" }], { backend });
    make([{ limit: 5, window: "1m" }], { backend });
    make([{ limit: 5, window: "1m" }], { backend });
    expect(warn.mock.calls).toEqual([
      [
        'keyward: two rate limiters named "default" use the same backend and count together, but their limits for 1m differ; give each limiter a name of its own',
      ],
    ]);
  });

  it("are no mistake if they limit alike, or by other windows", () => {
    const backend = createMemoryBackend();
    make([{ limit: 100, window: "1m" }], { backend });
    make([{ limit: 100, window: "1m" }], { backend });
    make([{ limit: 5, window: "1d" }], { backend });
    expect(warn).not.toHaveBeenCalled();
  });

  it("count apart with names, backends or memories of their own", () => {
    const backend = createMemoryBackend();
    make([{ limit: 100, window: "1m" }], { backend });
    make([{ limit: 5, window: "1m" }], { backend, name: "login" });
    make([{ limit: 5, window: "1m" }], { backend: createMemoryBackend() });
    make([{ limit: 5, window: "1m" }]);
    expect(warn).not.toHaveBeenCalled();
  });
});
