import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Behaviour, scriptedStore } from "./fixtures/scripted-store.ts";
import { withFallback } from "./with-fallback.ts";

const behaviours: readonly Behaviour[] = [
  "well",
  "read-only",
  "BACKEND_UNAVAILABLE",
  "BACKEND_TIMEOUT",
  "BACKEND_REJECTED",
];
type Step =
  | { readonly kind: "behave"; readonly as: Behaviour }
  | { readonly kind: "get" | "set"; readonly isLocal: boolean; readonly times: number }
  | { readonly kind: "wait"; readonly ms: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("behave" as const), as: fc.constantFrom(...behaviours) }),
  fc.record({
    kind: fc.constantFrom("get" as const, "set" as const),
    isLocal: fc.boolean(),
    times: fc.constantFrom(1, 1, 2, 4, 5, 60),
  }),
  fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(1, 500, 1_500, 3_000, 10_000, 40_000) }),
);

/** What the design says, in as few words as it takes. Chance is in the middle, so a probe comes after 0.75 of the longest delay. */
class Model {
  behaviour: Behaviour = "well";
  mode: "primary" | "local" = "primary";
  now = 0;
  calls: { second: number; failed: boolean }[] = [];
  inARow = 0;
  refused = { get: 0, set: 0 };
  successes = 0;
  answers = false;
  triedInARow = 0;
  probeFailures = 0;
  probeAt = Number.POSITIVE_INFINITY;

  /** What comes of a call: whether the primary was asked, and whether it ends well. */
  call(kind: "get" | "set", isLocal: boolean): { asked: boolean; fulfilled: boolean } {
    const asked = this.mode === "primary" || (!isLocal && this.answers);
    if (!asked) return { asked, fulfilled: isLocal };
    if (this.behaviour === "BACKEND_REJECTED") return { asked, fulfilled: false };
    const failed = this.behaviour !== "well" && !(this.behaviour === "read-only" && kind === "get");
    this.note(kind, failed);
    return { asked, fulfilled: !failed || isLocal };
  }

  private note(kind: "get" | "set", failed: boolean): void {
    if (this.mode === "local") {
      this.triedInARow = failed ? this.triedInARow + 1 : 0;
      if (this.triedInARow >= 5) this.answers = false;
      return;
    }
    const second = Math.floor(this.now / 1_000);
    this.calls.push({ second, failed });
    this.inARow = failed ? this.inARow + 1 : 0;
    if (!failed) this.refused[kind] = 0;
    else if (kind === "set" && this.behaviour !== "BACKEND_TIMEOUT") this.refused[kind] += 1;
    const recent = this.calls.filter((call) => call.second > second - 30);
    const errors = recent.filter((call) => call.failed).length;
    const fifth = Math.max(this.inARow, this.refused[kind]) >= 5;
    if (!failed || !(fifth || (recent.length >= 100 && errors >= 5 && errors / recent.length > 0.01))) return;
    Object.assign(this, { mode: "local", successes: 0, answers: false, triedInARow: 0, probeFailures: 0 });
    this.waitForProbe();
  }

  wait(ms: number): void {
    const end = this.now + ms;
    while (this.probeAt <= end) {
      this.now = this.probeAt;
      const away = this.behaviour === "BACKEND_UNAVAILABLE" || this.behaviour === "BACKEND_TIMEOUT";
      const well = this.behaviour === "well" || this.behaviour === "BACKEND_REJECTED";
      this.successes = well ? this.successes + 1 : 0;
      this.probeFailures = well ? 0 : this.probeFailures + 1;
      this.answers = !away;
      this.triedInARow = 0;
      this.waitForProbe();
      if (this.successes < 5) continue;
      Object.assign(this, {
        mode: "primary",
        calls: [],
        inARow: 0,
        refused: { get: 0, set: 0 },
        probeAt: Number.POSITIVE_INFINITY,
      });
    }
    this.now = end;
  }

  private waitForProbe(): void {
    this.probeAt = this.now + 0.75 * Math.min(2_000 * 2 ** this.probeFailures, 30_000);
  }
}

describe("withFallback", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0.5);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("does what the model of it does, whatever comes in whatever order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 60 }), async (sequence) => {
        // Whole seconds, since errors are counted by the second.
        vi.advanceTimersByTime(1_000 - (performance.now() % 1_000));
        const store = scriptedStore();
        const backend = withFallback(store);
        const model = new Model();
        model.now = performance.now();
        for (const step of sequence) {
          if (step.kind === "behave") {
            store.behaviour = step.as;
            model.behaviour = step.as;
          } else if (step.kind === "wait") {
            await vi.advanceTimersByTimeAsync(step.ms);
            model.wait(step.ms);
          } else {
            for (let time = 0; time < step.times; time += 1) {
              const before = store.asked.length;
              const options = { degrade: step.isLocal ? "local" : "never" } as const;
              const call = step.kind === "get" ? backend.get("key", options) : backend.set("key", "value", options);
              const fulfilled = await call.then(
                () => true,
                () => false,
              );
              const seen = { asked: store.asked.length > before, fulfilled };
              expect(seen).toEqual(model.call(step.kind, step.isLocal));
            }
          }
          expect(backend.mode).toBe(model.mode);
        }
        await backend.close();
        expect(vi.getTimerCount()).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
