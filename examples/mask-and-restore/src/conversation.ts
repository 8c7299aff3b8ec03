import type { Masker } from "keyward";
import { askModel, type Model } from "./ask-model.ts";

export interface ConversationOptions {
  /** The instance of the app that sends the prompt. */
  readonly masking: Masker;
  /** The instance that gets the answer; all that it knows of the other one is the store that they share. */
  readonly restoring: Masker;
  readonly model: Model;
  /** Sees each piece of the answer as it came over the wire. */
  readonly onPiece?: (piece: string) => void;
  /** Sees each piece of text that may be shown to the user. */
  readonly onRestored?: (piece: string) => void;
}

export interface Conversation {
  /** What the prompt looked like when it left. */
  readonly maskedText: string;
  /** The original behind each token of the prompt. */
  readonly originals: ReadonlyMap<string, string>;
  /** The type of each of these originals. */
  readonly types: ReadonlyMap<string, string>;
  /** The model's answer, tokens and all. */
  readonly answer: string;
  /** What the user sees. */
  readonly restored: string;
  /** How long masking took, in milliseconds. */
  readonly maskMs: number;
}

/** Masks a text, asks the model about it, and restores the answer while it streams. */
export async function converse(text: string, options: ConversationOptions): Promise<Conversation> {
  const { masking, restoring, model } = options;
  const started = performance.now();
  const masked = await masking.mask(text);
  const maskMs = performance.now() - started;

  const pieces: string[] = [];
  const recorder = new TransformStream<string, string>({
    transform(piece, controller) {
      pieces.push(piece);
      options.onPiece?.(piece);
      controller.enqueue(piece);
    },
  });
  const shown: string[] = [];
  const readable = askModel(model, masked.text)
    .pipeThrough(recorder)
    .pipeThrough(restoring.unmaskStream(masked.handle));
  for await (const piece of readable) {
    shown.push(piece);
    options.onRestored?.(piece);
  }

  return {
    maskedText: masked.text,
    originals: new Map(masked.findings.map(({ token, start, end }) => [token, text.slice(start, end)])),
    types: new Map(masked.findings.map(({ type, start, end }) => [text.slice(start, end), type])),
    answer: pieces.join(""),
    restored: shown.join(""),
    maskMs,
  };
}
