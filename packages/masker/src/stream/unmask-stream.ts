import { withinStringLength } from "../text/within-string-length.ts";
import type { TokenReader } from "../tokens/token-reader.ts";
import type { TokenReference } from "../tokens/token-reference.ts";
import { restorePiece, type TextPiece, type TokenLookup } from "../unmask/restore.ts";
import { type UnresolvedToken, UnresolvedTokens } from "../unmask/unresolved-tokens.ts";
import { createStreamReader } from "./stream-reader.ts";

/**
 * Finds out what the tokens of a piece stand for; one may be among them more than once. Asked for every piece, as what was
 * true of the one before may be so no longer. `signal` tells that nobody waits for the answer any more.
 */
export type ResolveTokens = (
  references: readonly TokenReference[],
  signal: AbortSignal,
) => TokenLookup | Promise<TokenLookup>;

/** Text with tokens in, text with originals out. */
export interface UnmaskStream extends TransformStream<string, string> {
  /** What stayed as it was up to now; complete when the stream has ended. */
  readonly unresolved: readonly UnresolvedToken[];
}

/** What goes along with a stream. */
export interface StreamCompany {
  /** Nothing passes before; its failure is the stream's, whatever the text holds. */
  readonly ready?: Promise<unknown>;
  /** Told once, when all has passed or nobody wants the rest; not when the stream fails. */
  readonly onEnd?: (passed: Passed) => void;
}

/** What came through a stream. */
export interface Passed {
  /** UTF-16 code units of the text that came in. */
  readonly textLength: number;
  /** How many tokens stood in it. */
  readonly tokens: number;
  readonly unresolved: readonly UnresolvedToken[];
}

/** Newer than the types of the oldest runtime we support, where a cancelled stream only drops what comes later. */
type CancellableTransformer = NonNullable<ConstructorParameters<typeof TransformStream<string, string>>[0]> & {
  cancel(reason: unknown): void;
};

/**
 * Restores a text while it comes in. The pieces that come out are, put together, what restoring the whole would give,
 * however the chunks are cut. Text that can't be part of a token passes at once.
 *
 * Chunks are handled one at a time, so a slow reader slows the writer down. An error of `resolve` is the stream's error.
 * Cancelling the readable side aborts the signal that `resolve` got; aborting the writable side waits for a look-up under
 * way, as for any chunk.
 */
export function createUnmaskStream(
  reader: TokenReader,
  resolve: ResolveTokens,
  { ready, onEnd }: StreamCompany = {},
): UnmaskStream {
  const pieces = createStreamReader(reader);
  const unresolved = new UnresolvedTokens();
  const abandoned = new AbortController();
  let textLength = 0;
  let tokens = 0;

  /** Synchronous where there is nothing to ask for: most chunks hold no token. */
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
