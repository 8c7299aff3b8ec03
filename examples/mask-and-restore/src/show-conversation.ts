import { cutShifting, startStandInModel } from "@keyward/test-kit";
import type { Masker } from "keyward";
import pc from "picocolors";
import { askModel } from "./ask-model.ts";
import { briefingOn } from "./briefing.ts";
import { converse } from "./conversation.ts";
import type { SampleDocument, SensitiveValue } from "./sample-data.ts";
import { createHighlighter } from "./terminal/highlighter.ts";
import type { Screen } from "./terminal/screen.ts";
import { createSideBySide } from "./terminal/side-by-side.ts";
import { problemsOf } from "./verdict.ts";

export interface ShowOptions {
  readonly screen: Screen;
  readonly masking: Masker;
  readonly restoring: Masker;
  /** What is known to be sensitive: the model refuses what holds any of it. */
  readonly listed: readonly SensitiveValue[];
}

const linesShown = 14;
/** Where two events meet. */
const seam = "·";

/** Shows one document on its way: before, what the model saw, its answer as it streams, and what the user sees. */
export async function showConversation(document: SampleDocument, options: ShowOptions): Promise<readonly string[]> {
  const { screen, masking, restoring } = options;
  const listed = options.listed.filter(({ file }) => file === document.file).map(({ value }) => value);
  const model = await startStandInModel({
    forbidden: options.listed.map(({ value }) => value),
    cut: cutShifting(7),
    answer: (_prompt, tokens) => briefingOn(tokens),
    pauseMs: screen.live ? 12 : 0,
  });
  try {
    const paintOriginals = createHighlighter(
      masking.preview(document.text).map(({ start, end }) => document.text.slice(start, end)),
      pc.yellow,
    );
    screen.heading("1  Before", document.file);
    screen.quote(linesOf(document.text).map(paintOriginals));
    if (listed.length > 0) screen.line(await refusal(model, document.text));

    const sides = createSideBySide({
      width: screen.width,
      print: screen.line,
      paintLeft: (line) => line.replace(/[A-Z][A-Z0-9·]*(?:_·?[A-Z0-9·]+)+/g, pc.cyan),
      paintRight: paintOriginals,
      seam: seam,
    });
    let started = false;
    const conversation = await converse(document.text, {
      masking,
      restoring,
      model,
      onPiece(piece) {
        if (!started) {
          started = true;
          showPrompt(screen, model.lastPrompt ?? "");
        }
        sides.left(piece);
      },
      onRestored: sides.right,
    });
    sides.end();
    return problemsOf(conversation, listed).map((problem) => `${document.file}: ${problem}`);
  } finally {
    await model.close();
  }
}

function showPrompt(screen: Screen, prompt: string): void {
  const paintTokens = (line: string) => line.replace(/[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+_\d{3,}/g, pc.cyan);
  screen.heading("2  What the model saw", "the body of the request, as it came over HTTP");
  screen.quote(linesOf(prompt).map(paintTokens));
  screen.heading("3  The answer as it streams │ what the user sees", `${seam} is where one event ended`);
}

/** Proof that the model would have noticed: unmasked it answers 400. */
async function refusal(model: { readonly url: string }, text: string): Promise<string> {
  try {
    await askModel(model, text).getReader().read();
  } catch (error) {
    const { status } = error as { status?: number };
    if (status === 400) return pc.dim("Sent as it is, the model refuses it: 400, unmasked values.");
    throw error;
  }
  throw new Error("the stand-in model took an unmasked prompt");
}

function linesOf(text: string): string[] {
  const lines = text.trimEnd().split("\n");
  const rest = lines.length - linesShown;
  return rest > 1 ? [...lines.slice(0, linesShown), pc.dim(`… ${rest} more lines`)] : lines;
}
