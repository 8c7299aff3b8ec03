export {
  checkBackend,
  checkChannel,
  checkKey,
  checkKeys,
  checkReplicas,
  checkRunOptions,
  checkScriptCall,
  checkSetOptions,
  checkText,
  checkTimeout,
  checkTtl,
} from "./arguments/argument-checks.ts";
export { type Duration, parseDuration } from "./arguments/duration.ts";
export { ownOptions } from "./arguments/own-options.ts";
export type * from "./backend.ts";
export type { CommandBudgetOptions } from "./budget/budget-options.ts";
export { type BudgetedBackend, withCommandBudget } from "./budget/command-budget.ts";
export type { CommandBudgetEvent } from "./budget/command-budget-event.ts";
export type { CommandBudgetStatus } from "./budget/command-ledger.ts";
export { BackendError, type BackendErrorCode, type BackendErrorDetails } from "./errors/backend-error.ts";
export type { BackendFailure } from "./errors/backend-failure.ts";
export { ConfigurationError } from "./errors/configuration-error.ts";
export { KeywardError } from "./errors/keyward-error.ts";
export type {
  BackendDegradedEvent,
  BackendErrorRateEvent,
  BackendEvent,
  BackendRecoveredEvent,
  BackendSlowEvent,
  RecoveryHookFailedEvent,
  TripReason,
} from "./fallback/backend-event.ts";
export type { FallbackOptions } from "./fallback/fallback-options.ts";
export type { BackendHealth, FallbackMode, LastError } from "./fallback/health.ts";
export type { Outage, RecoveryHook } from "./fallback/recovery.ts";
export { type FallbackBackend, withFallback } from "./fallback/with-fallback.ts";
export { assertSameSlot, hashTagOf } from "./keyspace/hash-tag.ts";
export { decodeKeyPart } from "./keyspace/key-part.ts";
export { createKeyspace, type Keyspace, type KeyspaceOptions } from "./keyspace/keyspace.ts";
export { type Linked, LinkedSet } from "./linked-set.ts";
export { createMemoryBackend, type MemoryBackendOptions } from "./memory/memory-backend.ts";
export { type MemoryRecord, MemoryStore, type MemoryStoreOptions, type StepOptions } from "./memory/memory-store.ts";
export { Channel, type Subscription } from "./messages/channel.ts";
export { decodeMessage, encodeMessage } from "./messages/message-encoding.ts";
export { type Counter, type CounterOptions, createCounter, type NumberBlock } from "./numbering/counter/counter.ts";
export type { MappingEntry, MappingOriginal, MappingReference } from "./numbering/entries/mapping-entry.ts";
export { readEvictionPolicy } from "./numbering/eviction/read-eviction-policy.ts";
export type { ForgetResult, MappingsToForget } from "./numbering/forget-mappings.ts";
export type { MappingStoreOptions } from "./numbering/mapping-options.ts";
export {
  type AssignResult,
  createMappingStore,
  type MappingStore,
  type ReplaceResult,
  type ResolveResult,
} from "./numbering/mapping-store.ts";
export { NumberingError, type NumberingErrorCode } from "./numbering/numbering-error.ts";
export { checkObserver, type KeywardEvent, notify, type Observer } from "./observer.ts";
export {
  errorReplyCode,
  failureOfErrorReply,
  isRefusedForGood,
  isRefusedUnexecuted,
} from "./redis/error-reply.ts";
export { ReplyReader } from "./redis/reply-reader.ts";
export { type AsyncEnd, attachAsyncDisposal, attachAsyncEnd } from "./runtime/async-disposal.ts";
export { endsWithRequest } from "./runtime/ends-with-request.ts";
export { sharedByCallers } from "./runtime/shared-by-callers.ts";
export { defineScript } from "./script/define-script.ts";
export { readReply } from "./script/read-reply.ts";
export { runRepeatable } from "./script/run-repeatable.ts";
export type { RawReply, Retention, Script, ScriptDefinition } from "./script/script.ts";
export type { ScriptStore } from "./script/script-store.ts";
export { tellSent } from "./tell-sent.ts";
export { backoffDelay } from "./timing/backoff-delay.ts";
export { type DeadlineOptions, raceDeadline } from "./timing/race-deadline.ts";
export { startUnreferencedTimer } from "./timing/unreferenced-timer.ts";
