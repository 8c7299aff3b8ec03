import type { BackendCapabilities, KeyValueBackend, RunOptions, SetOptions } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { assertSameSlot } from "../keyspace/hash-tag.ts";
import type { Script } from "../script/script.ts";

/**
 * The checks that every backend makes before it does anything, so that a mistake shows in a unit test on memory as it
 * would on Redis. Messages name the argument and never what was in it.
 */

/** What an error calls the argument. A function if thousands are checked, so that a name is made only for one that is wrong. */
export type FieldName = string | (() => string);

/** @throws {ConfigurationError} unless `value` is a string that UTF-8 can carry. */
export function checkText(field: FieldName, value: unknown): asserts value is string {
  if (typeof value !== "string") throw new ConfigurationError(nameOf(field), `must be a string, not ${kindOf(value)}`);
  if (!isWellFormed(value)) {
    throw new ConfigurationError(
      nameOf(field),
      "contains half of a surrogate pair, which UTF-8 can't represent; encode it first",
    );
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && isWellFormed(value);
}

export function nameOf(field: FieldName): string {
  return typeof field === "string" ? field : field();
}

/** For keys and channels. @throws {ConfigurationError} unless it is text, and not empty. */
export function checkKey(field: string, key: unknown): asserts key is string {
  checkText(field, key);
  if (key === "") throw new ConfigurationError(field, "must not be empty");
}

/** @throws {ConfigurationError} if it can't be a key, or if some store couldn't carry it in messages or in a URL. */
export function checkChannel(field: string, channel: unknown): asserts channel is string {
  checkKey(field, channel);
  if (/[\r\n]/.test(channel)) {
    throw new ConfigurationError(
      field,
      "must not contain a line break; the channel() method of a keyspace encodes any text",
    );
  }
  // In the path of a URL these are steps, even if encoded, and a store over HTTP would be asked for another channel.
  if (channel === "." || channel === "..") throw new ConfigurationError(field, 'must not be "." or ".."');
}

/** @throws {ConfigurationError} naming the first key that can't be one. */
export function checkKeys(field: string, keys: unknown): asserts keys is readonly string[] {
  if (!Array.isArray(keys)) throw new ConfigurationError(field, `must be an array of strings, not ${kindOf(keys)}`);
  for (let index = 0; index < keys.length; index += 1) {
    if (!isText(keys[index]) || keys[index] === "") checkKey(`${field}[${index}]`, keys[index]);
  }
}

/** @throws {ConfigurationError} unless it is a backend: something that can run scripts. */
export function checkBackend(field: string, backend: unknown): asserts backend is KeyValueBackend {
  if (typeof (backend as KeyValueBackend | undefined)?.run === "function") return;
  throw new ConfigurationError(field, "must be a KeyValueBackend, such as createMemoryBackend() returns");
}

/** @throws {ConfigurationError} unless it is a whole number of milliseconds above 0: 0 doesn't stand for "no TTL". */
export function checkTtl(field: string, ttlMs: unknown): asserts ttlMs is number {
  if (!Number.isSafeInteger(ttlMs) || (ttlMs as number) < 1) {
    throw new ConfigurationError(field, "must be a whole number of milliseconds above 0; leave it out for no TTL");
  }
}

/** @throws {ConfigurationError} unless it is left out, or a number of milliseconds above 0. */
export function checkTimeout(field: string, timeoutMs: unknown): asserts timeoutMs is number | undefined {
  if (timeoutMs === undefined) return;
  if (typeof timeoutMs !== "number" || !(timeoutMs > 0)) {
    throw new ConfigurationError(field, "must be a number of milliseconds above 0");
  }
}

/** @throws {ConfigurationError} naming the option of `set` that can't be used. */
export function checkSetOptions(options: SetOptions): void {
  if (options.ttlMs !== undefined) checkTtl("ttlMs", options.ttlMs);
  checkChoice("onlyIf", options.onlyIf, ["absent", "present"]);
  checkChoice("retain", options.retain, ["always", "while-room"]);
  checkTimeout("timeoutMs", options.timeoutMs);
}

/**
 * @param capabilities the backend's; if left out, it can't wait for replicas
 * @throws {ConfigurationError} naming the option of `run` that can't be used.
 */
export function checkRunOptions(
  options: RunOptions,
  capabilities: Pick<BackendCapabilities, "hearsOfReplicas"> = {},
): void {
  const { nowMs, replicas } = options;
  if (nowMs !== undefined && !(Number.isSafeInteger(nowMs) && nowMs >= 0)) {
    throw new ConfigurationError(
      "nowMs",
      "must be a whole number of milliseconds since the epoch; leave it out to use the store's clock",
    );
  }
  checkReplicas(replicas, capabilities);
  checkTimeout("timeoutMs", options.timeoutMs);
}

/** @throws {ConfigurationError} unless it is left out, 0, or a whole number on a backend that can wait for replicas. */
export function checkReplicas(
  replicas: unknown,
  capabilities: Pick<BackendCapabilities, "hearsOfReplicas">,
): asserts replicas is number | undefined {
  if (replicas === undefined || replicas === 0) return;
  if (!Number.isSafeInteger(replicas) || (replicas as number) < 0) {
    throw new ConfigurationError("replicas", "must be a whole number of replicas, or 0 to wait for none");
  }
  if (capabilities.hearsOfReplicas === true) return;
  throw new ConfigurationError(
    "replicas",
    "needs a backend that can wait for replicas, such as createIoredisBackend() returns; memory and stores over REST can't, so leave it out there",
  );
}

/**
 * Checks one call of a script and flattens its arguments.
 *
 * @throws {ConfigurationError} if keys are too many, too few or in different slots, or an argument isn't text.
 */
export function checkScriptCall<Arguments, Reply>(
  script: Script<Arguments, Reply>,
  keys: readonly string[],
  input: Arguments,
): readonly string[] {
  checkKeys("keys", keys);
  if (keys.length !== script.keys.length) {
    throw new ConfigurationError("keys", `${script.name} needs exactly these keys: ${script.keys.join(", ")}`);
  }
  assertSameSlot(keys);
  const args = script.args(input);
  for (let index = 0; index < args.length; index += 1) {
    // The name is made only if something is wrong, since a busy process checks millions of arguments.
    if (!isText(args[index])) checkText(`${script.name}.args[${index}]`, args[index]);
  }
  return args;
}

function checkChoice(field: string, value: unknown, choices: readonly string[]): void {
  if (value === undefined || (typeof value === "string" && choices.includes(value))) return;
  throw new ConfigurationError(field, `must be ${choices.map((choice) => `"${choice}"`).join(" or ")}, or left out`);
}

const nativeIsWellFormed = (String.prototype as { isWellFormed?: () => boolean }).isWellFormed;

function isWellFormed(value: string): boolean {
  return nativeIsWellFormed ? nativeIsWellFormed.call(value) : !/\p{Surrogate}/u.test(value);
}

function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
}
