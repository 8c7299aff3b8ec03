export type * from "./backend.ts";
export { BackendError, type BackendErrorCode, type BackendErrorDetails } from "./errors/backend-error.ts";
export { ConfigurationError } from "./errors/configuration-error.ts";
export { KeywardError } from "./errors/keyward-error.ts";
export { defineScript } from "./script/define-script.ts";
export type { RawReply, Retention, Script, ScriptDefinition } from "./script/script.ts";
export type { ScriptStore } from "./script/script-store.ts";
