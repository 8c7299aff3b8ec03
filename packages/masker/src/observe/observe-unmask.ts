import { notify, type Observer } from "@keyward/core";
import type { MaskerEvent } from "../events.ts";
import type { Passed } from "../stream/unmask-stream.ts";
import { countBy } from "./count-by.ts";

/** Tells the observer of a restored text or a stream that ended. */
export function observeUnmask(
  observer: Observer<MaskerEvent> | undefined,
  startedAt: number,
  { textLength, tokens, unresolved }: Passed,
  storeLookups: number,
): void {
  notify(observer, {
    type: "unmask",
    durationMs: performance.now() - startedAt,
    textLength,
    tokens,
    unresolved: countBy(unresolved.map(({ reason }) => reason)),
    storeLookups,
  });
}
