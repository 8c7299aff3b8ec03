import { createAddressKey, rateLimitProxy } from "@keyward/next";
import { createAppRouteTable } from "./route-table";

/** In front of every route. Who stands in front of the app writes this header: with a wrong one callers choose their address. */
const key = createAddressKey({ header: process.env["ADDRESS_HEADER"] ?? "x-forwarded-for" });

export const proxy = rateLimitProxy(createAppRouteTable(), {
  key,
  onDecision({ allowed, remaining }, request, durationMs) {
    const { pathname: path } = new URL(request.url);
    console.log(
      JSON.stringify({ ip: key(request), path, allowed, remaining, latencyMs: Number(durationMs.toFixed(2)) }),
    );
  },
});
