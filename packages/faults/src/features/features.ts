import type { Feature } from "./feature.ts";
import { limiterFeatures } from "./limiter-features.ts";
import { maskerFeatures } from "./masker-features.ts";
import { storeFeatures } from "./store-features.ts";

/** Everything that a user calls, in the order of the columns of `docs/faults.md`. */
export const features: readonly Feature[] = [...maskerFeatures, ...storeFeatures, ...limiterFeatures];
