import { ConfigurationError } from "@keyward/core";

/** The variables that {@link createBackendFromEnv} reads. */
export const environmentVariables = [
  "REDIS_ENABLED",
  "USE_REDIS",
  "REDIS_URL",
  "REDIS_CLUSTER_NODES",
  "REDIS_HOST",
  "REDIS_PORT",
  "REDIS_DB",
  "REDIS_USERNAME",
  "REDIS_PASSWORD",
  "REDIS_SSL",
  "REDIS_PREFIX",
  "REDIS_TIMEOUT_MS",
  "KV_REST_API_URL",
  "KV_REST_API_TOKEN",
  "UPSTASH_REDIS_REST_URL",
  "UPSTASH_REDIS_REST_TOKEN",
  "REDIS_COMMANDS_PER_MONTH",
] as const;

export type EnvironmentVariable = (typeof environmentVariables)[number];

/** Variables by name: `process.env`, or what a runtime without it passes to its handlers. */
export type Environment = { readonly [Name in EnvironmentVariable]?: string | undefined };

/**
 * All variables as they are now, each read once: an environment may answer differently the next time. What somebody has put
 * on `Object.prototype` is none.
 *
 * @throws {ConfigurationError} if there can be no variables in what was passed.
 */
export function readEnvironment(environment: Environment | undefined): Environment {
  if (environment === undefined || environment === null) return {};
  if (typeof environment !== "object") {
    throw new ConfigurationError("environment", "must be an object of variables, such as process.env");
  }
  const everybodys = Object.prototype as Environment;
  const variables = environmentVariables.map((name) => {
    const value = environment[name];
    return [name, value === everybodys[name] ? undefined : value] as const;
  });
  return Object.fromEntries(variables);
}

/** What a variable says; undefined when it is absent or empty. White space around it doesn't count. */
export function readText(environment: Environment, name: EnvironmentVariable): string | undefined {
  return readAsIs(environment, name)?.trim() || undefined;
}

/** The same with its white space: a password may begin or end with it. */
export function readAsIs(environment: Environment, name: EnvironmentVariable): string | undefined {
  const text: unknown = environment[name];
  if (text !== undefined && typeof text !== "string") throw new ConfigurationError(name, "must be a string");
  return text || undefined;
}

/** @throws {ConfigurationError} unless the variable is absent or a whole number in the range. */
export function readWholeNumber(
  environment: Environment,
  name: EnvironmentVariable,
  least: number,
  most: number,
): number | undefined {
  const text = readText(environment, name);
  if (text === undefined) return undefined;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new ConfigurationError(name, `must be a whole number from ${least} to ${most}`);
}

/** @throws {ConfigurationError} unless the variable is absent or says true or false. */
export function readSwitch(environment: Environment, name: EnvironmentVariable): boolean | undefined {
  const text = readText(environment, name);
  if (text === undefined) return undefined;
  if (/^(true|1)$/i.test(text)) return true;
  if (saysOff(environment, name)) return false;
  throw new ConfigurationError(name, "must be true or false");
}

/** Whether a switch says false; never fails, as going back mustn't. */
export function saysOff(environment: Environment, name: EnvironmentVariable): boolean {
  return /^(false|0)$/i.test(String(environment[name]).trim());
}

/** Whether there is anything in a variable, sense or nonsense. */
export function saysAnything(environment: Environment, name: EnvironmentVariable): boolean {
  return String(environment[name] ?? "").trim() !== "";
}
