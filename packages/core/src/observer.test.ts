import { describe, expect, expectTypeOf, it } from "vitest";
import { type KeywardEvent, notify, type Observer } from "./observer.ts";

type LampEvent =
  | { readonly type: "lamp.on"; readonly watts: number }
  | { readonly type: "lamp.off"; readonly at: number };

const event: LampEvent = { type: "lamp.on", watts: 5 };

describe("notify", () => {
  it("hands the event over before it returns, so that traces see the caller's context", () => {
    const seen: KeywardEvent[] = [];
    notify((seenEvent) => void seen.push(seenEvent), event);
    expect(seen).toEqual([event]);
  });

  it("does nothing without an observer", () => {
    expect(() => notify(undefined, event)).not.toThrow();
  });

  it("swallows what the observer throws", () => {
    expect(() =>
      notify(() => {
        throw new Error("observer");
      }, event),
    ).not.toThrow();
  });

  it("swallows an async observer's rejection", async () => {
    const rejections: unknown[] = [];
    const record = (reason: unknown) => void rejections.push(reason);
    process.on("unhandledRejection", record);
    try {
      notify(async () => {
        throw new Error("observer");
      }, event);
      // Unhandled rejections are reported before the next turn of the event loop.
      await new Promise(setImmediate);
    } finally {
      process.off("unhandledRejection", record);
    }
    expect(rejections).toEqual([]);
  });

  it("doesn't wait for an observer that never ends", () => {
    expect(notify(() => new Promise(() => undefined), event)).toBeUndefined();
  });

  it("takes a general observer for every feature, and narrows a feature's own by type", () => {
    expectTypeOf<Observer>().toExtend<Observer<LampEvent>>();
    expectTypeOf<Observer<LampEvent>>().not.toExtend<Observer>();
    const observer: Observer<LampEvent> = (lampEvent) => {
      if (lampEvent.type === "lamp.on") expectTypeOf(lampEvent.watts).toBeNumber();
    };
    notify(observer, event);
  });
});
