import { withinStringLength } from "../text/within-string-length.ts";
import type { TokenReader } from "../tokens/token-reader.ts";
import type { TokenReference } from "../tokens/token-reference.ts";
import { restorePiece, type TextPiece, type TokenLookup } from "../unmask/restore.ts";
import { type UnresolvedToken, UnresolvedTokens } from "../unmask/unresolved-tokens.ts";
import { createStreamReader } from "./stream-reader.ts";

/**
 * Finds out what the tokens of a piece stand for. A token may be listed more than once. It is called for every piece,
 * because an earlier answer may no longer be true. `signal` aborts when nobody waits for the answer any more.
 */
export type ResolvePiece = (
  references: readonly TokenReference[],
  signal: AbortSignal,
) => TokenLookup | Promise<TokenLookup>;

/** Takes text with tokens and gives text with originals. */
export interface UnmaskStream extends TransformStream<string, string> {
  /** Tokens that weren't restored so far. The list is complete when the stream has ended. */
  readonly unresolved: readonly UnresolvedToken[];
}

/** What a stream waits for and whom it tells. */
export interface StreamCompany {
  /** Nothing passes before this settles. If it fails, the stream fails, even if the text has no tokens. */
  readonly ready?: Promise<unknown>;
  /** Called once when everything has passed or the stream is cancelled, but not when it fails. */
  readonly onEnd?: (passed: Passed) => void;
}

/** What passed through. */
export interface Passed {
  /** Of the text that came in, in UTF-16 code units. */
  readonly textLength: number;
  /** How many tokens it contained. */
  readonly tokens: number;
  readonly unresolved: readonly UnresolvedToken[];
}

/** `cancel` is missing in the oldest runtimes we support. There, a cancelled stream merely drops what comes later. */
type CancellableTransformer = NonNullable<ConstructorParameters<typeof TransformStream<string, string>>[0]> & {
  cancel(reason: unknown): void;
};

/**
 * Restores a text while it arrives. Joined together, the pieces that come out are what restoring the whole text would give,
 * however the chunks are cut. Text that can't be part of a token passes at once.
 *
 * Chunks are handled one at a time, so a slow reader slows the writer down. An error of `resolve` becomes the stream's
 * error. Cancelling the readable side aborts the signal that `resolve` was given. Aborting the writable side waits for a
 * look-up under way, as it would for any chunk.
 */
export function createUnmaskStream(
  reader: TokenReader,
  resolve: ResolvePiece,
  { ready, onEnd }: StreamCompany = {},
): UnmaskStream {
  const pieces = createStreamReader(reader);
  const unresolved = new UnresolvedTokens();
  const abandoned = new AbortController();
  let textLength = 0;
  let tokens = 0;

  /** Synchronous if there is nothing to look up, because most chunks contain no token. */
  function pass(piece: TextPiece, controller: TransformStreamDefaultController<string>): void | Promise<void> {
    tokens += piece.readings.length;
    if (piece.readings.length > 0) return passRestored(piece, controller);
    if (piece.text !== "") controller.enqueue(piece.text);
  }

  async function passRestored(piece: TextPiece, controller: TransformStreamDefaultController<string>): Promise<void> {
    const lookup = await resolve(piece.readings, abandoned.signal);
    const text = withinStringLength(() => restorePiece(piece, lookup, unresolved));
    if (text !== "" && !abandoned.signal.aborted) controller.enqueue(text);
  }

  const end = (): void => onEnd?.({ textLength, tokens, unresolved: unresolved.list });

  const transformer: CancellableTransformer = {
    start: () => ready,
    transform(chunk, controller) {
      if (typeof chunk !== "string") throw new TypeError("the stream takes text: pipe bytes through TextDecoderStream");
      textLength += chunk.length;
      return pass(pieces.push(chunk), controller);
    },
    async flush(controller) {
      await pass(pieces.end(), controller);
      end();
    },
    cancel(reason) {
      abandoned.abort(reason);
      end();
    },
  };
  const stream = new TransformStream(transformer);
  return Object.defineProperty(stream, "unresolved", { get: () => unresolved.list }) as UnmaskStream;
}
