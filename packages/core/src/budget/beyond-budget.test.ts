import { afterEach, describe, expect, it, vi } from "vitest";
import { BackendError } from "../errors/backend-error.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { takeBlock } from "../numbering/counter/take-block.ts";
import { withCommandBudget } from "./command-budget.ts";
import { createFleet, reportCost, restOfMonthMs, settle, spend } from "./fixtures/budgeted-fleet.ts";
import { meteredBackend } from "./fixtures/metered-backend.ts";

const hourMs = 3_600_000;

afterEach(() => void vi.useRealTimers());

describe("beyond the budget", () => {
  it("continues unless told to refuse", async () => {
    const one = createFleet(100).instance();
    await spend(one, 200);
    expect(await one.backend.get("key")).toBeNull();
  });

  it("refuses every operation at once, sends nothing, and says when that ends", async () => {
    const one = createFleet(100).instance({ beyond: "refuse" });
    const refusal = await spend(one, 200).catch((error: unknown) => error);
    await settle();
    expect(refusal).toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      operation: "get",
      outcome: "not-applied",
      retryable: false,
      message: "get: the 100 commands of 2023-11 are used up; raise the budget, or wait for the next month",
    });
    const sent = one.operations().length;
    const { backend } = one;
    for (const refused of [
      backend.getMany(["a"]),
      backend.set("a", "1"),
      backend.delete(["a"]),
      backend.run(takeBlock, ["{n}"], { count: 1 }),
      backend.publish("news", "hello"),
      backend.subscribe("news", () => undefined),
      backend.ping(),
    ]) {
      await expect(refused).rejects.toSatisfy(BackendError.is);
    }
    await expect(backend.get("a", { signal: AbortSignal.abort(new Error("mine")) })).rejects.toThrow("mine");
    expect(one.operations()).toHaveLength(sent);

    await vi.advanceTimersByTimeAsync(restOfMonthMs);
    expect(await backend.get("key")).toBeNull();
  });

  it("lets several instances overshoot the budget by a step each", async () => {
    const fleet = createFleet(10_000);
    const instances = Array.from({ length: 5 }, () => fleet.instance({ beyond: "refuse" }));
    let sent = 0;
    const spendAll = async ({ backend }: (typeof instances)[number]) => {
      for (;;) {
        await backend.get("key");
        sent += 1;
      }
    };
    await Promise.allSettled(instances.map(spendAll));
    await Promise.all(instances.map(({ backend }) => backend.close()));
    const reports = instances.flatMap(({ operations }) =>
      operations().filter((name) => name.startsWith("run:")),
    ).length;
    expect(sent + reports * reportCost).toBeGreaterThan(9_990);
    expect(sent + reports * reportCost).toBeLessThan(10_000 + 5 * 50);
  });

  it("asks the store again after an hour of refusing, since its own clock may have stood still", async () => {
    const fleet = createFleet(100);
    const one = fleet.instance({ beyond: "refuse" });
    await expect(spend(one, 200)).rejects.toSatisfy(BackendError.is);
    await settle();
    const reports = () => one.operations().filter((name) => name === "run:report-commands").length;
    const before = reports();
    await vi.advanceTimersByTimeAsync(hourMs);
    await expect(one.backend.get("key")).rejects.toSatisfy(BackendError.is);
    await settle();
    expect(reports()).toBe(before + 1);
    await expect(one.backend.get("key")).rejects.toSatisfy(BackendError.is);
    await settle();
    expect(reports()).toBe(before + 1);
  });

  it("answers BACKEND_CLOSED, not a refusal, once it is closed", async () => {
    const backend = withCommandBudget(meteredBackend(createMemoryBackend()), { monthly: 1, beyond: "refuse" });
    await backend.ping();
    await vi.waitFor(() => expect(backend.budget().month).not.toBeNull());
    await expect(backend.get("key")).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
    await backend.close();
    await expect(backend.get("key")).rejects.toMatchObject({ code: "BACKEND_CLOSED" });
  });
});
