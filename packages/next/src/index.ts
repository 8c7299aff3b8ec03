export { type RateLimitSource, rateLimitDecision } from "@keyward/rate-limiter";
export { type AddressKeyOptions, createAddressKey } from "./address-key.ts";
export type { KeyOfRequest, RateLimitOptions } from "./rate-limit-options.ts";
export { type ProxyOptions, rateLimitProxy } from "./rate-limit-proxy.ts";
export { type LimitedHandler, withRateLimit } from "./with-rate-limit.ts";
