import { cutShifting, startStandInModel } from "@keyward/test-kit";
import pc from "picocolors";
import { converse } from "./conversation.ts";
import type { SampleDocument } from "./sample-data.ts";
import type { ShowOptions } from "./show-conversation.ts";
import type { Stores } from "./stores.ts";
import { flowed } from "./terminal/columns.ts";
import type { Screen } from "./terminal/screen.ts";
import { problemsOf } from "./verdict.ts";

const labelWidth = 14;

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
    // From the first document on, the one that was shown among them.
    const toMask = stores.first.roundTrips;
    const toRestore = stores.second.roundTrips;
    for (const { text } of documents) await masking.mask(text);
    const again = stores.first.roundTrips - toMask;

    screen.heading("4  Found by kind", `${values.size} values of ${kinds.size} kinds in ${documents.length} documents`);
    showKinds(screen, kinds);

    screen.heading("5  Summary");
    const row = (label: string, text: string) => screen.line(`${pc.dim(label.padEnd(labelWidth))}${text}`);
    row("documents", `${documents.length}, ${characters.toLocaleString("en")} characters`);
    if (listed.length > 0) row("found", `${countFound(listed, values)} of ${countDistinct(listed)} listed values`);
    row("model", `${model.answered} prompts answered, ${model.refused} refused for an unmasked value`);
    row("round trips", `${toMask} to mask, ${toRestore} to restore elsewhere, ${again} to mask it all again`);
    row("time", `${maskMs.toFixed(0)} ms to mask everything, ${(maskMs / documents.length).toFixed(1)} ms a document`);
    return problems;
  } finally {
    await model.close();
  }
}

/** A paragraph for each family: the first part of a type's name. */
function showKinds(screen: Screen, kinds: ReadonlyMap<string, ReadonlySet<string>>): void {
  const families = new Map<string, string[]>();
  for (const type of [...kinds.keys()].sort()) {
    const [family = "", ...rest] = type.split("_");
    const entry = `${rest.join("_")} ${pc.bold(kinds.get(type)?.size ?? 0)}`;
    families.set(family, [...(families.get(family) ?? []), entry]);
  }
  for (const [family, entries] of families) {
    flowed(entries, screen.width - labelWidth, pc.dim(", ")).forEach((line, index) => {
      screen.line(pc.cyan((index === 0 ? family : "").padEnd(labelWidth)) + line);
    });
  }
}

type Listed = ShowOptions["listed"];

function countDistinct(listed: Listed): number {
  return new Set(listed.map(({ value }) => value)).size;
}

function countFound(listed: Listed, found: ReadonlySet<string>): number {
  return new Set(listed.map(({ value }) => value).filter((value) => found.has(value))).size;
}
