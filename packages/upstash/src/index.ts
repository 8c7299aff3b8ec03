export type { AddressSource, ClientSource, SharedOptions, UpstashBackendOptions, UpstashClient } from "./options.ts";
export { createUpstashBackend } from "./upstash-backend.ts";
