import { notify, type Observer } from "@keyward/core";
import type { MaskerEvent } from "../events.ts";
import type { IssuedTokens } from "../mask/issue-tokens.ts";
import { countBy } from "./count-by.ts";

/** Tells the observer of a masked text. @param types the type found at each place of the text */
export function observeMask(
  observer: Observer<MaskerEvent> | undefined,
  startedAt: number,
  textLength: number,
  types: readonly string[],
  { asked, sealed, failure }: IssuedTokens,
): void {
  notify(observer, {
    type: "mask",
    durationMs: performance.now() - startedAt,
    textLength,
    findings: countBy(types),
    storeLookups: asked,
    sealed,
    ...(failure && { backendError: failure.code }),
  });
}
