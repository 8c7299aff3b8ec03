import { ConfigurationError } from "@keyward/core";
import { type Environment, type EnvironmentVariable, readText } from "./environment.ts";
import { parseUrl } from "./redis-address.ts";

export interface RestOptions {
  readonly url: string;
  readonly token: string;
}

type Pair = readonly [url: EnvironmentVariable, token: EnvironmentVariable];

/** The same two things under the names that Vercel and Upstash give them. */
const pairs: readonly Pair[] = [
  ["KV_REST_API_URL", "KV_REST_API_TOKEN"],
  ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"],
];

/**
 * Where a store is reached over REST, and with which token; undefined where the environment says neither.
 *
 * @throws {ConfigurationError} naming the variable that is malformed, missing, or says something else than its twin.
 */
export function readRestOptions(environment: Environment): RestOptions | undefined {
  const [first, second] = pairs.map((pair) => readPair(environment, pair));
  if (first && second) {
    for (const [index, part] of (["url", "token"] as const).entries()) {
      if (first[part] === second[part]) continue;
      const [[name], [other]] = pairs.map((pair) => [pair[index]]) as [[EnvironmentVariable], [EnvironmentVariable]];
      throw new ConfigurationError(other, `differs from ${name}; unset one of them`);
    }
  }
  return first ?? second;
}

function readPair(environment: Environment, [urlName, tokenName]: Pair): RestOptions | undefined {
  const url = readText(environment, urlName);
  const token = readText(environment, tokenName);
  if (url === undefined && token === undefined) return undefined;
  if (url === undefined) throw new ConfigurationError(urlName, `is missing, but ${tokenName} is set; set both`);
  if (token === undefined) throw new ConfigurationError(tokenName, `is missing, but ${urlName} is set; set both`);
  checkUrl(urlName, url);
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new ConfigurationError(tokenName, "must be the store's token: visible characters without spaces");
  }
  return { url: url.replace(/\/+$/, ""), token };
}

function checkUrl(name: EnvironmentVariable, url: string): void {
  const parsed = parseUrl(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new ConfigurationError(name, "must be the store's address over REST, such as https://name.upstash.io");
  }
  if (parsed.username || parsed.password || parsed.search || parsed.hash) {
    throw new ConfigurationError(name, "must have no user, password or query; the token has a variable of its own");
  }
}
