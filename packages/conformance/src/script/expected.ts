import fc from "fast-check";
import type { Answer } from "./answer.ts";
import { describeAnswer } from "./differences.ts";
import type { ScriptCall } from "./script-call.ts";

/** A decoded reply, or the first word of an error: `{ error: "WRONGTYPE" }`. */
export type Expected<Reply = unknown> = { readonly reply: Reply } | { readonly error: string };

/** Says what is wrong with an answer that both twins gave: it can't be decoded, or isn't the one in the table. */
export function checkExpected(call: ScriptCall, answer: Answer, expected?: Expected): string[] {
  if (answer.kind !== "reply") {
    const wanted = expected && ("error" in expected ? `error ${expected.error}` : "a reply");
    return wanted === undefined || wanted === describeAnswer(answer) ? [] : [mismatch(wanted, describeAnswer(answer))];
  }
  let reply: unknown;
  try {
    reply = call.decode(answer.raw);
  } catch (error) {
    return [`${call.name}'s reply can't read ${describeAnswer(answer)}: ${String(error)}`];
  }
  if (!expected) return [];
  if ("error" in expected) return [mismatch(`error ${expected.error}`, fc.stringify(reply))];
  // The text is sorted by property and distinguishes -0, 0n and NaN, so it is as strict as a deep comparison, and can be shown.
  const [wanted, actual] = [stringifySorted(expected.reply), stringifySorted(reply)];
  return wanted === actual ? [] : [mismatch(wanted, actual)];
}

function mismatch(wanted: string, actual: string): string {
  return `both twins answered ${actual}, the table says ${wanted}`;
}

function stringifySorted(value: unknown): string {
  return fc.stringify(sortProperties(value));
}

function sortProperties(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortProperties);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, property]) => [name, sortProperties(property)]),
  );
}
