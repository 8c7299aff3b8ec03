export { type AddressKeyOptions, createAddressKey } from "./address-key.ts";
export type { KeyOfRequest, RateLimitOptions } from "./rate-limit-options.ts";
export { type ProxyOptions, rateLimitProxy } from "./rate-limit-proxy.ts";
export type { RateLimitSource } from "./rate-limit-source.ts";
export { type LimitedHandler, rateLimitDecision, withRateLimit } from "./with-rate-limit.ts";
