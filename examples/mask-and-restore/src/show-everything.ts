import { cutShifting, startStandInModel } from "@keyward/test-kit";
import pc from "picocolors";
import { converse } from "./conversation.ts";
import type { SampleDocument } from "./sample-data.ts";
import type { ShowOptions } from "./show-conversation.ts";
import type { Stores } from "./stores.ts";
import { inColumns } from "./terminal/columns.ts";
import { problemsOf } from "./verdict.ts";

/** Sends every document through the model, checks each answer and sums up. */
export async function showEverything(
  documents: readonly SampleDocument[],
  { screen, stores, masking, restoring, listed }: ShowOptions & { readonly stores: Stores },
): Promise<readonly string[]> {
  const model = await startStandInModel({ forbidden: listed.map(({ value }) => value), cut: cutShifting(7) });
  const problems: string[] = [];
  const kinds = new Map<string, Set<string>>();
  const values = new Set<string>();
  let maskMs = 0;
  let characters = 0;
  const before = stores.first.roundTrips;
  try {
    for (const { file, text } of documents) {
      const conversation = await converse(text, { masking, restoring, model });
      const expected = listed.filter((value) => value.file === file).map(({ value }) => value);
      problems.push(...problemsOf(conversation, expected).map((problem) => `${file}: ${problem}`));
      maskMs += conversation.maskMs;
      characters += text.length;
      for (const [value, type] of conversation.types) {
        values.add(value);
        kinds.set(type, (kinds.get(type) ?? new Set()).add(value));
      }
    }
    const roundTrips = stores.first.roundTrips - before;
    for (const { text } of documents) await masking.mask(text);
    const again = stores.first.roundTrips - before - roundTrips;

    screen.heading("4  Found by kind", `${values.size} values of ${kinds.size} kinds in ${documents.length} documents`);
    const cells = [...kinds]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([type, found]) => `${String(found.size).padStart(3)} ${type}`);
    for (const row of inColumns(cells, screen.width)) screen.line(row);

    screen.heading("5  Summary");
    const row = (label: string, text: string) => screen.line(`${pc.dim(label.padEnd(14))}${text}`);
    row("documents", `${documents.length}, ${characters.toLocaleString("en")} characters`);
    if (listed.length > 0) row("found", `${countFound(listed, values)} of ${countDistinct(listed)} listed values`);
    row("model", `${model.answered} prompts answered, ${model.refused} refused for an unmasked value`);
    row("round trips", `${roundTrips} to mask (${documents.length} documents), ${again} to mask them all again`);
    row("time", `${maskMs.toFixed(0)} ms to mask everything, ${(maskMs / documents.length).toFixed(1)} ms a document`);
    return problems;
  } finally {
    await model.close();
  }
}

type Listed = ShowOptions["listed"];

function countDistinct(listed: Listed): number {
  return new Set(listed.map(({ value }) => value)).size;
}

function countFound(listed: Listed, found: ReadonlySet<string>): number {
  return new Set(listed.map(({ value }) => value).filter((value) => found.has(value))).size;
}
