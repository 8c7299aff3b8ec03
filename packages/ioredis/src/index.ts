export type { IoredisClient } from "./client/ioredis-client.ts";
export { createIoredisBackend } from "./ioredis-backend.ts";
export type {
  ClientSource,
  ClusterSource,
  ConnectionTuning,
  HostSource,
  IoredisBackendOptions,
  SentinelSource,
  SharedOptions,
  UrlSource,
} from "./options.ts";
