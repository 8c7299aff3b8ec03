import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CallWatch, type Watched } from "./call-watch.ts";

let watch: CallWatch;
let ended: string[];

beforeEach(() => {
  vi.useFakeTimers();
  watch = new CallWatch();
  ended = [];
});
afterEach(() => {
  watch.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function add(name: string, afterMs: number): () => void {
  const watched: Watched = {
    dueAt: performance.now() + afterMs,
    previous: undefined,
    next: undefined,
    expire() {
      ended.push(name);
      watch.delete(watched);
    },
    abandon: () => void ended.push(`${name} abandoned`),
  };
  watch.add(watched, performance.now());
  return () => watch.delete(watched);
}

it("ends each when it is due, in whatever order they came, and none that has ended before", () => {
  add("later", 300);
  add("sooner", 100);
  add("between", 200);
  add("never", 150)();
  add("endless", Number.POSITIVE_INFINITY);
  vi.advanceTimersByTime(99);
  expect(ended).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ended).toEqual(["sooner"]);
  vi.advanceTimersByTime(200);
  expect(ended).toEqual(["sooner", "between", "later"]);
  expect(vi.getTimerCount()).toBe(0);
});

it("waits for what is due after the longest time that a timer can wait", () => {
  const setTimer = vi.spyOn(globalThis, "setTimeout");
  add("far", 2 ** 31 + 1_000);
  // With a longer one it would fire at once.
  expect(setTimer.mock.lastCall?.[1]).toBe(2 ** 31 - 1);
  setTimer.mockRestore();
  vi.advanceTimersByTime(2 ** 31 - 1);
  expect(ended).toEqual([]);
  vi.advanceTimersByTime(1_001);
  expect(ended).toEqual(["far"]);
});

it("sets a timer anew when the one that was set is lost", () => {
  add("first", 100);
  vi.clearAllTimers();
  vi.advanceTimersByTime(1_101);
  add("second", 100);
  vi.advanceTimersByTime(100);
  expect(ended).toEqual(["first", "second"]);
});

it("abandons what is left when it is closed, and what comes later", () => {
  add("left", 100);
  watch.close();
  add("late", 100);
  expect(ended).toEqual(["left abandoned", "late abandoned"]);
});

it("sets no timer of less than nothing for a deadline that is none", () => {
  const setTimer = vi.spyOn(globalThis, "setTimeout");
  add("past", -1)();
  expect(setTimer).toHaveBeenCalledWith(expect.any(Function), 0);
  setTimer.mockRestore();
});
