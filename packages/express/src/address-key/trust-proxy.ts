import { ConfigurationError } from "@keyward/core";
import type { Application, Request } from "express";

/** What Express makes of the setting: whether the peer at `address`, `hop` hops away, is trusted. */
type Trust = (address: string, hop: number) => boolean;

/** Addresses that belong to nobody (RFC 5737, RFC 3849), further away than any real proxy. Who trusts them trusts everybody. */
const strangers = ["192.0.2.1", "2001:db8::1"];
const farAway = 1_000;

const checked = new WeakSet<Trust>();

/**
 * Refuses `trust proxy: true` and everything that amounts to it, such as a function that always returns true.
 *
 * @throws {ConfigurationError}
 */
export function checkTrustProxy(app: Application): void {
  const trust = app.get("trust proxy fn") as Trust;
  if (checked.has(trust)) return;
  if (strangers.some((address) => trust(address, farAway))) {
    throw new ConfigurationError(
      "trust proxy",
      "trusts everybody, so callers can choose their own address and escape the limit; " +
        'set it to the number of proxies in front of the app, or to their addresses, such as app.set("trust proxy", "10.0.0.0/8")',
    );
  }
  checked.add(trust);
}

const warned = new WeakSet<Application>();

/** Warns once for each app: behind a proxy that isn't trusted, all callers have the proxy's address and share one limit. */
export function warnOfUntrustedProxy({ app, headers }: Request): void {
  if (headers["x-forwarded-for"] === undefined || app.get("trust proxy") !== false || warned.has(app)) return;
  warned.add(app);
  process.emitWarning(
    "A request came with X-Forwarded-For, but the app's trust proxy setting is off. If a proxy stands in front of the app, all callers share one limit: set trust proxy to the number of proxies.",
    { code: "KEYWARD_TRUST_PROXY_UNSET" },
  );
}
