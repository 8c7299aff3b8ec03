import { randomBytes } from "node:crypto";
import { ConfigurationError } from "@keyward/core";

const shortestToken = 8;
const mebibyte = 1024 * 1024;

export interface UpstashServerOptions {
  /** The Redis behind this server: `redis://user:password@host:port/db`, or `rediss://` for TLS. */
  readonly redis: string;
  /** The token that callers have to present: at least 8 visible characters. @default a random one */
  readonly token?: string;
  /** The address to listen on. The traffic isn't encrypted, so think twice before you leave loopback. @default "127.0.0.1" */
  readonly host?: string;
  /** @default 0, which takes a free port */
  readonly port?: number;
  /** The longest request body that is read, in bytes. @default 1 MiB, as the service documents for its free plan */
  readonly maxRequestBytes?: number;
  /** The most commands in one `/pipeline` or `/multi-exec`. @default 10,000 */
  readonly maxCommands?: number;
  /** How long a request may take to arrive, and Redis to connect or to answer, in milliseconds. @default 30,000 */
  readonly timeoutMs?: number;
}

export type ResolvedOptions = Required<UpstashServerOptions>;

/** @throws {ConfigurationError} if an option can't be used. No message quotes the address or the token. */
export function resolveOptions(options: UpstashServerOptions): ResolvedOptions {
  return {
    redis: redisAddress(options.redis),
    token: options.token === undefined ? randomBytes(32).toString("base64url") : presentableToken(options.token),
    host: options.host ?? "127.0.0.1",
    port: wholeNumber("port", options.port ?? 0, 0, 65_535),
    maxRequestBytes: wholeNumber("maxRequestBytes", options.maxRequestBytes ?? mebibyte, 1, 512 * mebibyte),
    maxCommands: wholeNumber("maxCommands", options.maxCommands ?? 10_000, 1, 1_000_000),
    timeoutMs: wholeNumber("timeoutMs", options.timeoutMs ?? 30_000, 1, 3_600_000),
  };
}

function redisAddress(address: unknown): string {
  if (typeof address === "string" && /^rediss?:\/\//i.test(address) && URL.canParse(address)) return address;
  throw new ConfigurationError("redis", "must be an address such as redis://127.0.0.1:6379 or rediss://host:6380");
}

function presentableToken(token: unknown): string {
  if (typeof token === "string" && token.length >= shortestToken && /^[\x21-\x7e]+$/.test(token)) return token;
  const problem = `must have at least ${shortestToken} characters, all of them visible ASCII, because it is sent in a header`;
  throw new ConfigurationError("token", problem);
}

function wholeNumber(field: string, value: unknown, lowest: number, highest: number): number {
  if (Number.isInteger(value) && Number(value) >= lowest && Number(value) <= highest) return Number(value);
  throw new ConfigurationError(field, `must be a whole number from ${lowest} to ${highest}`);
}
