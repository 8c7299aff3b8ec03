export {
  type BackendCapabilities,
  BackendError,
  type BackendErrorCode,
  ConfigurationError,
  createCounter,
  createKeyspace,
  createMappingStore,
  createMemoryBackend,
  type Duration,
  defineScript,
  type KeyValueBackend,
  KeywardError,
  type KeywardEvent,
  type MappingStore,
  type MappingStoreOptions,
  type MemoryBackendOptions,
  NumberingError,
  type Observer,
  type OperationOptions,
} from "@keyward/core";
export * from "@keyward/masker";
export { createBackendFromEnv } from "./backend-from-env.ts";
export type { Environment, EnvironmentVariable } from "./environment.ts";
