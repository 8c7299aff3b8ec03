import type { UnresolvedToken } from "./unmask/unresolved-tokens.ts";

/** A value that was masked: where it stood in the text (UTF-16 offsets, `end` exclusive) and what stands there now. */
export interface MaskedFinding {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly token: string;
}

/** A masked text. Plain data without originals: it may be logged, sent and stored. */
export interface Masked {
  readonly text: string;
  /** Names what may be restored in an answer to this text. Safe in JSON, URLs and cookies. */
  readonly handle: string;
  /** In the order of the text. */
  readonly findings: readonly MaskedFinding[];
}

/** A restored text. */
export interface Unmasked {
  readonly text: string;
  /** Tokens that stayed as they are, each once for each reason, in the order of the text. */
  readonly unresolved: readonly UnresolvedToken[];
}
