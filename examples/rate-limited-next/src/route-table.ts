import { createBackendFromEnv, createRouteTable, type RouteTable } from "keyward";

/** What callers may do, route by route: counted in Redis where `REDIS_URL` names one, else in this process. */
export function createAppRouteTable(): RouteTable {
  const ai = [
    { limit: 10, window: "1m" },
    { limit: 100, window: "1d" },
  ] as const;
  return createRouteTable({
    routes: [
      { pattern: "/api/ai/supervisor", limits: ai },
      { pattern: "/api/ai/*", limits: ai },
      { pattern: "/api/servers/*", limits: [{ limit: 30, window: "1m" }] },
      { pattern: "/health", limits: "unlimited" },
      { pattern: "/_next/static/*", limits: "unlimited" },
    ],
    default: { limits: [{ limit: 100, window: "1m" }] },
    backend: createBackendFromEnv(),
    // Without the store each of two instances counts half the limits for itself.
    onBackendError: "local",
    expectedInstances: 2,
  });
}
