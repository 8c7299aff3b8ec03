export { type RateLimitSource, rateLimitDecision } from "@keyward/rate-limiter";
export { type AddressKeyOptions, createAddressKey } from "./address-key/address-key.ts";
export {
  type ClientHits,
  createExpressRateLimitStore,
  type ExpressRateLimitStore,
  type ExpressRateLimitStoreOptions,
} from "./express-rate-limit/express-rate-limit-store.ts";
export { type RateLimitMiddleware, rateLimit } from "./rate-limit.ts";
export type { KeyOfRequest, RateLimitOptions } from "./rate-limit-options.ts";
