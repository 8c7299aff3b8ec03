import type { Candidate, Label } from "../detection/finding.ts";
import { literalType } from "../detection/literals.ts";
import { settle } from "../detection/settle.ts";
import type { Span } from "../matcher/span.ts";
import { replaceRanges } from "../text/replace-ranges.ts";
import { EscapeWalk, unescapeText } from "./escapes.ts";
import type { JsonDocument } from "./json-document.ts";
import { holdsJson } from "./parse-json.ts";

/** Stands for any token, because no token contains a character that JSON escapes. */
const someToken = "TOKEN";

const bracketLabel: Label = { type: literalType, confidence: "high", priority: 0, everywhere: true };

/**
 * Prevents a string that isn't JSON from becoming JSON when it is masked, because what made it invalid was part of a value
 * (`{"password":"a\qb"}`). Restoring would then take it for JSON and add escapes. So its first bracket is masked too.
 */
export function breakBrackets(document: JsonDocument, findings: readonly Candidate[]): readonly Candidate[] {
  const { view, slots } = document;
  const brackets: Candidate[] = [];
  for (let first = 0, next = 0; first < findings.length; first = next) {
    const slot = slots.firstBehind(findings[first]!.start);
    while (next < findings.length && findings[next]!.start < slots.endOf(slot)) next++;
    const bracket = firstBracket(view, slots.startOf(slot));
    if (bracket >= findings[first]!.start || bracket >= slots.endOf(slot)) continue;
    if (becomesJson(document, slot, findings.slice(first, next))) {
      brackets.push({ label: bracketLabel, start: bracket, end: bracket + 1 });
    }
  }
  if (brackets.length === 0) return findings;
  const settled = findings.map(({ label, start, end }) => ({ label: { ...label, priority: 0 }, start, end }));
  return settle(view, [...settled, ...brackets]);
}

const openingBracket = /[ \t\n\r]*[[{]/y;

/** The position of the bracket that the text at `start` begins with; infinity if there is none. */
function firstBracket(view: string, start: number): number {
  openingBracket.lastIndex = start;
  return openingBracket.test(view) ? openingBracket.lastIndex - 1 : Number.POSITIVE_INFINITY;
}

function becomesJson({ slots, texts }: JsonDocument, slot: number, findings: readonly Span[]): boolean {
  const { text, depth } = texts[slots.textOf(slot)]!;
  const content = text.slice(slots.fromOf(slot), slots.untilOf(slot));
  const walk = new EscapeWalk(content);
  const positionOf = (offset: number) => walk.positionOf(offset - slots.startOf(slot));
  const written = findings.map(({ start, end }) => ({ start: positionOf(start), end: positionOf(end) }));
  const masked = replaceRanges(
    content,
    written,
    written.map(() => someToken),
  );
  const said = unescapeText(masked);
  return said !== undefined && holdsJson(said, depth);
}
