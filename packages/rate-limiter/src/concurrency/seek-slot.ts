import { BackendError } from "@keyward/core";
import type { Unreadable } from "./scripts/slot-counts.ts";
import type { TakeSlotReply } from "./scripts/take-slot.ts";
import { pauseBefore, placeMsFor } from "./waiting/pauses.ts";
import type { WaitingRoom } from "./waiting/waiting-room.ts";

type Answer = Exclude<TakeSlotReply, Unreadable>;

export interface Search {
  readonly id: string;
  readonly maxWaitMs: number;
  readonly signal: AbortSignal | undefined;
  readonly room: WaitingRoom;
  /** Whether the store bills each question. */
  readonly isBilled: boolean;
  readonly ask: (mode: "ask" | "queue", placeMs: number) => Promise<Answer>;
  /** Removes the attempt, whether it holds a slot or waits for one. Not waited for. */
  readonly giveUp: () => void;
}

/** The shortest pause between a question that failed and the next. */
const shortestMs = 100;

/**
 * Asks for a slot until it gets one or time is up: whenever it is called, and now and then without a call.
 *
 * If a question fails while the attempt waits in the queue, it is asked again for as long as its place is certain to last.
 *
 * @returns the last answer, and when its question was sent on the monotonic clock
 */
export async function seekSlot(search: Search): Promise<{ readonly answer: Answer; readonly askedAt: number }> {
  const { id, maxWaitMs, signal, room, isBilled, ask, giveUp } = search;
  const endsAt = performance.now() + maxWaitMs;
  const waiter = room.enter(id);
  const call = () => waiter.call();
  signal?.addEventListener("abort", call);
  let standsUntil = 0;
  try {
    for (let asked = 1; ; asked += 1) {
      const askedAt = performance.now();
      // Timers may be a millisecond early.
      const mode = askedAt + 1 >= endsAt ? "ask" : "queue";
      let pauseMs = pauseBefore(asked, { isCalled: room.isListening, isBilled });
      try {
        const answer = await ask(mode, placeMsFor(pauseMs));
        if (answer.status !== "waits") return { answer, askedAt };
        standsUntil = askedAt + placeMsFor(pauseMs);
        room.listen();
      } catch (error) {
        const leftMs = standsUntil - performance.now();
        if (!BackendError.is(error) || !error.retryable || mode === "ask" || leftMs <= 0) throw error;
        pauseMs = Math.min(pauseMs, Math.max(leftMs / 2, shortestMs));
      }
      await waiter.pause(Math.min(pauseMs, endsAt - performance.now()));
      signal?.throwIfAborted();
    }
  } catch (error) {
    const isNowhere = standsUntil === 0 && BackendError.is(error) && error.outcome === "not-applied";
    if (!isNowhere) giveUp();
    throw error;
  } finally {
    signal?.removeEventListener("abort", call);
    room.leave(id);
  }
}
