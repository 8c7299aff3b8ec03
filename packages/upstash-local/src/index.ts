export type { UpstashServerOptions } from "./options.ts";
export { startUpstashServer, type UpstashServer } from "./upstash-server.ts";
