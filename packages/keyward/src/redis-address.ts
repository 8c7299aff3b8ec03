import { ConfigurationError } from "@keyward/core";
import { type Environment, readText } from "./environment.ts";

/** @throws {ConfigurationError} unless `REDIS_URL` is absent or a URL of Redis. */
export function readUrl(environment: Environment): string | undefined {
  const url = readText(environment, "REDIS_URL");
  if (url === undefined) return undefined;
  const parsed = parseUrl(url);
  if (!parsed || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === "" || !/^\/?\d*$/.test(parsed.pathname)) {
    throw new ConfigurationError("REDIS_URL", "must look like redis://user:password@host:6379/0, or rediss:// for TLS");
  }
  if (!isDecodable(parsed.username) || !isDecodable(parsed.password)) {
    throw new ConfigurationError(
      "REDIS_URL",
      "contains a % that doesn't begin an escape; write %25 for a percent sign",
    );
  }
  return url;
}

/** @throws {ConfigurationError} unless `REDIS_CLUSTER_NODES` is absent or a list of hosts with ports. */
export function readClusterNodes(environment: Environment): { host: string; port: number }[] | undefined {
  return readText(environment, "REDIS_CLUSTER_NODES")
    ?.split(",")
    .map((node) => {
      const parsed = /[/@?#]/.test(node) ? undefined : parseUrl(`redis://${node.trim()}`);
      if (!parsed || parsed.hostname === "") {
        throw new ConfigurationError("REDIS_CLUSTER_NODES", "must look like host-1:6379,host-2:6379");
      }
      return { host: parsed.hostname.replace(/^\[|\]$/g, ""), port: Number(parsed.port || 6379) };
    });
}

/** The URL, or undefined if it is none. */
export function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined; // Its error would quote the URL, with the password.
  }
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
