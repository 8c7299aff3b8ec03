export type { MaskOptions, ScopeOptions, UnmaskOptions } from "./call-options.ts";
export type { AllowRule } from "./detection/allow-list.ts";
export type {
  Confidence,
  Detector,
  PatternDetector,
  ShapeDetector,
  TermDetector,
  ValueStart,
} from "./detection/detector.ts";
export type { DetectorInput } from "./detection/detector-input.ts";
export { type DictionaryOptions, dictionary } from "./detection/dictionary.ts";
export type { Finding } from "./detection/finding.ts";
export { type PatternOptions, pattern } from "./detection/pattern.ts";
export { aws, network, type PiiOptions, pii, type Region, secrets } from "./detectors/index.ts";
export type { EncryptionOptions } from "./encryption/encryption-options.ts";
export type { Key } from "./encryption/key-material.ts";
export type { Erasure } from "./erase/erase.ts";
export { MaskerError, type MaskerErrorCode } from "./errors.ts";
export type { EraseEvent, MaskEvent, MaskerEvent, MayEvictEvent, UnmaskEvent } from "./events.ts";
export type { HandleSource, RestoreSource } from "./handle/open-handle.ts";
export type { Masked, MaskedFinding, Unmasked } from "./masked.ts";
export { createMasker, type Masker } from "./masker.ts";
export { type CharClass, charClass, notIn } from "./matcher/char-class.ts";
export {
  anyCase,
  repeat,
  type Step,
  type StepLike,
  type Trigger,
  type TriggerOptions,
  trigger,
} from "./matcher/trigger.ts";
export type { MaskerOptions } from "./options.ts";
export type { Reindexed, ReindexOptions } from "./reindex/reindex.ts";
export type { UnmaskStream } from "./stream/unmask-stream.ts";
export type { TokenFormatOptions } from "./tokens/token-format.ts";
export type { UnresolvedReason, UnresolvedToken } from "./unmask/unresolved-tokens.ts";
export type { OnMaskFailure, OnUnmaskFailure } from "./without-store/on-backend-error.ts";
