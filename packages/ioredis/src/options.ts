import { ConfigurationError, checkTimeout } from "@keyward/core";
import type { ClusterNode, ClusterOptions, RedisOptions } from "ioredis";
import type { IoredisClient } from "./client/ioredis-client.ts";

/** A client that the app has already: `Redis` or `Cluster`, of ioredis 5.4 or later, or 6. */
export interface ClientSource {
  readonly client: IoredisClient;
  /**
   * Uses the client's own connection even if its options let it send a command twice, which the defaults do. Otherwise such a
   * client is duplicated, which takes one more connection, with options under which nothing is ever repeated.
   *
   * On a shared connection the backend still keeps its own commands from being repeated, but the client decides everything else:
   * when to reconnect, and whether reads go to replicas. A connection that has gone silent is never given up.
   *
   * @default false
   */
  readonly shareConnection?: boolean;
}

export interface UrlSource {
  /** `redis://user:password@host:port/db`, or `rediss://` for TLS. */
  readonly url: string;
  /** TLS details for `rediss://`, such as a private authority. */
  readonly tls?: RedisOptions["tls"];
}

export interface HostSource {
  readonly host: string;
  /** @default 6379 */
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  /** @default 0 */
  readonly db?: number;
  /** @default none, the connection isn't encrypted */
  readonly tls?: RedisOptions["tls"];
}

export interface SentinelSource {
  readonly sentinels: readonly { readonly host: string; readonly port?: number }[];
  /** The name by which the Sentinels know the master. */
  readonly name: string;
  readonly sentinelUsername?: string;
  readonly sentinelPassword?: string;
  readonly username?: string;
  readonly password?: string;
  /** @default 0 */
  readonly db?: number;
  readonly tls?: RedisOptions["tls"];
}

export interface ClusterSource {
  readonly cluster: {
    /** Some of the nodes. The others are found through them. */
    readonly nodes: readonly ClusterNode[];
    /** Credentials and TLS go into `redisOptions`. Options that would send a command twice are overridden. */
    readonly options?: ClusterOptions;
  };
}

export interface SharedOptions {
  /**
   * Put before every key and channel, also on a Cluster, such as `staging:`. It may not contain `{` or `}`, which mark hash tags.
   *
   * @default ""
   */
  readonly prefix?: string;
  /**
   * The longest that an operation may take, connecting included, in milliseconds. Grows by 1 ms for each KiB that is sent, so
   * that big values have time to arrive.
   *
   * @default 250
   */
  readonly timeoutMs?: number;
}

export interface ConnectionTuning {
  /** More options of ioredis for the connection. Those that would send a command twice are overridden. */
  readonly ioredis?: RedisOptions;
}

/** Exactly one source, and the options that all of them share. */
export type IoredisBackendOptions = SharedOptions &
  (ClientSource | ((UrlSource | HostSource | SentinelSource) & ConnectionTuning) | ClusterSource);

export interface ResolvedOptions {
  readonly source: ClientSource | ClusterSource | { readonly redis: RedisOptions };
  readonly prefix: string;
  readonly timeoutMs: number;
}

const sources = ["client", "url", "host", "sentinels", "cluster"] as const;

/** @throws {ConfigurationError} naming the option, but never quoting it, since it may be a password. */
export function resolveOptions(options: IoredisBackendOptions): ResolvedOptions {
  const { prefix = "", timeoutMs = 250 } = options;
  if (typeof prefix !== "string" || /[{}]/.test(prefix)) {
    throw new ConfigurationError("prefix", "must be a string without { and }, because these decide a key's slot");
  }
  checkTimeout("timeoutMs", timeoutMs);
  return { source: resolveSource(options), prefix, timeoutMs };
}

function resolveSource(options: IoredisBackendOptions): ResolvedOptions["source"] {
  const given = sources.filter((name) => (options as unknown as Record<string, unknown>)[name] !== undefined);
  if (given.length !== 1) {
    const problem = given.length === 0 ? "need one of" : `can't combine ${given.join(" and ")}; give only one of`;
    throw new ConfigurationError("options", `${problem} ${sources.join(", ")}`);
  }
  if ("client" in options) return checkClient(options);
  if ("cluster" in options) {
    if (!Array.isArray(options.cluster.nodes) || options.cluster.nodes.length === 0) {
      throw new ConfigurationError("cluster.nodes", "must name at least one node, such as { host, port }");
    }
    return options;
  }
  const { prefix: _prefix, timeoutMs: _timeoutMs, ioredis = {}, ...connection } = options;
  if ("url" in connection) return { redis: { ...ioredis, ...fromUrl(connection) } };
  if ("sentinels" in connection) return { redis: { ...ioredis, ...checkSentinels(connection) } };
  return { redis: { ...ioredis, ...checkHost(connection) } };
}

function checkClient(source: ClientSource): ClientSource {
  const { client, shareConnection = false } = source;
  if (typeof client?.call !== "function" || typeof client.duplicate !== "function") {
    throw new ConfigurationError("client", "must be a Redis or Cluster client of ioredis 5.4 or later");
  }
  const options = client.options as { stringNumbers?: boolean; redisOptions?: { stringNumbers?: boolean } };
  if (shareConnection && (options.stringNumbers || options.redisOptions?.stringNumbers)) {
    throw new ConfigurationError(
      "shareConnection",
      "needs a client without stringNumbers, which would return numbers as text",
    );
  }
  return { client, shareConnection };
}

function checkSentinels(source: SentinelSource): RedisOptions {
  if (!Array.isArray(source.sentinels) || source.sentinels.length === 0) {
    throw new ConfigurationError("sentinels", "must name at least one Sentinel, such as { host, port }");
  }
  if (typeof source.name !== "string" || source.name === "") {
    throw new ConfigurationError("name", "must be the name that the Sentinels know the master by");
  }
  return { ...source, sentinels: source.sentinels.map((address) => ({ ...address })) } as RedisOptions;
}

function checkHost(source: HostSource): RedisOptions {
  if (typeof source.host !== "string" || source.host === "") {
    throw new ConfigurationError("host", "must be a host's name or address");
  }
  const { port = 6379, db = 0 } = source;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new ConfigurationError("port", "must be a whole number from 1 to 65535");
  }
  checkDatabase("db", db);
  return { ...source, port } as RedisOptions;
}

function fromUrl({ url, tls }: UrlSource): RedisOptions {
  const problem = "must look like redis://user:password@host:port/db, or rediss:// for TLS";
  const parsed = parseUrl(url);
  if (!parsed || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === "") {
    throw new ConfigurationError("url", problem);
  }
  const database = parsed.pathname.replace(/^\//, "");
  if (!/^\d*$/.test(database))
    throw new ConfigurationError("url", `${problem}; the path is the number of the database`);
  const username = decodePart(parsed.username);
  const password = decodePart(parsed.password);
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ""),
    port: parsed.port === "" ? 6379 : Number(parsed.port),
    db: Number(database),
    ...(username !== "" && { username }),
    ...(password !== "" && { password }),
    ...(parsed.protocol === "rediss:" && { tls: tls ?? {} }),
  };
}

function parseUrl(url: unknown): URL | undefined {
  try {
    return new URL(String(url));
  } catch {
    return undefined; // Its error would quote the whole URL, with the password.
  }
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConfigurationError("url", "contains a % that doesn't begin an escape; write %25 for a percent sign");
  }
}

function checkDatabase(field: string, db: number): void {
  if (!Number.isInteger(db) || db < 0) throw new ConfigurationError(field, "must be a whole number, 0 or more");
}
