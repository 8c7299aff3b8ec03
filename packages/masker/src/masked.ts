import type { UnresolvedToken } from "./unmask/unresolved-tokens.ts";

/** A value that was masked: its place in the original text, in UTF-16 offsets (`end` exclusive), and its token. */
export interface MaskedFinding {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly token: string;
}

/** A masked text. It is plain data without originals, so it may be logged, sent and stored. */
export interface Masked {
  readonly text: string;
  /** Names the tokens that may be restored in an answer to this text. Safe in JSON, URLs and cookies. */
  readonly handle: string;
  /** In text order. */
  readonly findings: readonly MaskedFinding[];
}

/** A restored text. */
export interface Unmasked {
  readonly text: string;
  /** Tokens that weren't restored, in text order. Each is listed once per reason. */
  readonly unresolved: readonly UnresolvedToken[];
}
