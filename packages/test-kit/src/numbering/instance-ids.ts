import { createHash } from "node:crypto";

/** The instance id with this index: always the same, and no two alike. */
export function instanceId(index: number): string {
  // The index itself is in it, so that nothing is left to chance; the rest only looks like an id.
  const rest = createHash("sha256").update(`instance ${index}`).digest("hex").slice(0, 9);
  return `i-${index.toString(16).padStart(8, "0")}${rest}`;
}

/** Which ids each process sees: some of its own and some that others see too, in documents of equal size. */
export interface Workload {
  readonly processes: number;
  /** Ids that only one process sees, over all processes. */
  readonly ownIds: number;
  /** Ids that several processes see. */
  readonly sharedIds: number;
  /** How many see each of these. */
  readonly sharedBy: number;
  readonly idsPerDocument: number;
}

/** The documents of one process as lists of indexes for `instanceId`, each process in an order of its own. */
export function documentsOfProcess(process: number, workload: Workload): number[][] {
  const { processes, ownIds, sharedIds, sharedBy, idsPerDocument } = workload;
  const own = Math.ceil(ownIds / processes);
  const firstOwn = sharedIds + process * own;
  const indexes: number[] = [];
  for (let index = 0; index < sharedIds; index++) {
    if ((index + process) % processes < sharedBy) indexes.push(index);
  }
  for (let index = firstOwn; index < Math.min(firstOwn + own, sharedIds + ownIds); index++) indexes.push(index);
  shuffle(indexes, process + 1);
  const documents: number[][] = [];
  for (let start = 0; start < indexes.length; start += idsPerDocument) {
    documents.push(indexes.slice(start, start + idsPerDocument));
  }
  return documents;
}

/** Fisher-Yates over a small linear congruential generator: the same order in every run. */
function shuffle(items: number[], seed: number): void {
  let state = (seed * 2_654_435_761) >>> 0;
  for (let last = items.length - 1; last > 0; last--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [items[last], items[other]] = [items[other] as number, items[last] as number];
  }
}
