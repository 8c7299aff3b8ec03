import type { Parameters } from "fast-check";

/**
 * The seed of a random run: a random one, or the one in `KEYWARD_SEED`, with which a failure can be run again. A failure prints
 * what to set: the seed, and after a slash the path to the smallest counterexample.
 *
 * @throws {Error} if `KEYWARD_SEED` is set to anything else.
 */
export function seedFromEnvironment(): Pick<Parameters<unknown>, "seed" | "path"> {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const text = process?.env?.["KEYWARD_SEED"];
  if (text === undefined || text === "") return {};
  const [seed = "", path] = text.split("/");
  if (!/^-?\d+$/.test(seed)) throw new Error("KEYWARD_SEED: must be a seed as a failure prints it: 123 or 123/4:0:1");
  return path === undefined ? { seed: Number(seed) } : { seed: Number(seed), path };
}
