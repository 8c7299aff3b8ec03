import { ConfigurationError, type OperationOptions } from "@keyward/core";
import type { NumberedToken } from "../tokens/token-reference.ts";
import type { ScopeVault } from "../vault/scope-vault.ts";

export interface ReindexOptions {
  /** Where to go on: what `onProgress` was last called with. @default the beginning */
  readonly after?: NumberedToken;
  /** Called after each part with the last token that is done. */
  readonly onProgress?: (done: NumberedToken) => void;
}

export interface Reindexed {
  /** How many mappings were rewritten. */
  readonly mappings: number;
  /** How many can't be opened with the keys in the list. Erase them, or add the key that sealed them. */
  readonly unreadable: number;
  /** Whether every mapping is now found under every index key, so that former keys may be removed. */
  readonly complete: boolean;
}

/** How many tokens one step looks at. */
const partSize = 500;

/** An instance without the new key may still add mappings, which take another walk. This many walks are enough. */
const maxWalks = 5;

/**
 * Rewrites every mapping of a scope: sealed under the first key and indexed under all index keys. Numbers don't change.
 *
 * It walks over all numbers that were ever issued, in parts of one read and one write each. It may be stopped, resumed and
 * repeated.
 */
export async function reindexMappings(
  vault: ScopeVault,
  { after, onProgress }: ReindexOptions,
  options: OperationOptions,
): Promise<Reindexed> {
  let mappings = 0;
  let unreadable = 0;
  let walked = new Map<string, number>();
  let from = after;
  for (let walk = 0; walk < maxWalks; walk++) {
    const highest = new Map([...(await vault.store.highest(options))].sort(([one], [other]) => (one < other ? -1 : 1)));
    for (const part of partsOf(highest, walked, from)) {
      const done = await rewrite(part, vault, options);
      mappings += done.mappings;
      unreadable += done.unreadable;
      onProgress?.(part.at(-1)!);
    }
    walked = highest;
    from = undefined;
    if (unreadable > 0) return { mappings, unreadable, complete: false };
    if (await completeAll(vault, walked, options)) return { mappings, unreadable, complete: true };
  }
  return { mappings, unreadable, complete: false };
}

/** The numbers that no earlier walk reached, type by type, starting after `after`. */
function* partsOf(
  highest: ReadonlyMap<string, number>,
  walked: ReadonlyMap<string, number>,
  after: NumberedToken | undefined,
): Generator<readonly NumberedToken[]> {
  for (const [type, last] of highest) {
    if (after !== undefined && type < after.type) continue;
    const first = Math.max(walked.get(type) ?? 0, type === after?.type ? after.number : 0) + 1;
    for (let begin = first; begin <= last; begin += partSize) {
      const length = Math.min(partSize, last - begin + 1);
      yield Array.from({ length }, (_, index) => ({ type, number: begin + index }));
    }
  }
}

async function rewrite(
  part: readonly NumberedToken[],
  { store, cipher }: ScopeVault,
  options: OperationOptions,
): Promise<{ mappings: number; unreadable: number }> {
  const { values, corrupt } = await store.resolve(part, options);
  const present = part.flatMap(({ type }, index) => {
    const text = values[index];
    return typeof text === "string" ? [{ type, text }] : [];
  });
  const opened = await cipher.open(present);
  const originals = opened.flatMap((result, index) =>
    result.status === "opened" ? [{ type: present[index]!.type, value: result.value }] : [],
  );
  // `replace` only overwrites what is there, so an original that was erased since the read doesn't come back.
  const { numbers } = await store.replace(await cipher.seal(originals), options);
  return {
    mappings: numbers.filter((number) => number !== null).length,
    unreadable: corrupt.length + opened.length - originals.length,
  };
}

async function completeAll(
  { store, cipher }: ScopeVault,
  walked: ReadonlyMap<string, number>,
  options: OperationOptions,
): Promise<boolean> {
  let complete = true;
  for (const name of cipher.indexNames) complete = (await store.completeIndex(name, walked, options)) && complete;
  return complete;
}

/** @throws {ConfigurationError} unless `onProgress` is a function and `after` looks like what it is called with */
export function checkReindexOptions({ after, onProgress }: ReindexOptions): void {
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new ConfigurationError("onProgress", "must be a function");
  }
  if (after === undefined || (typeof after?.type === "string" && Number.isSafeInteger(after.number))) return;
  throw new ConfigurationError("after", "must be what onProgress was last called with: { type, number }");
}
