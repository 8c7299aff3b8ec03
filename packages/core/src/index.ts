export {
  checkKey,
  checkKeys,
  checkScriptCall,
  checkText,
  checkTimeout,
  checkTtl,
} from "./argument-checks.ts";
export { attachAsyncDisposal } from "./async-disposal.ts";
export type * from "./backend.ts";
export { BackendError, type BackendErrorCode, type BackendErrorDetails } from "./errors/backend-error.ts";
export { ConfigurationError } from "./errors/configuration-error.ts";
export { KeywardError } from "./errors/keyward-error.ts";
export { assertSameSlot, hashTagOf } from "./keyspace/hash-tag.ts";
export { createMemoryBackend, type MemoryBackendOptions } from "./memory/memory-backend.ts";
export { type MemoryRecord, MemoryStore, type MemoryStoreOptions, type StepOptions } from "./memory/memory-store.ts";
export { defineScript } from "./script/define-script.ts";
export { readReply } from "./script/read-reply.ts";
export type { RawReply, Retention, Script, ScriptDefinition } from "./script/script.ts";
export type { ScriptStore } from "./script/script-store.ts";
