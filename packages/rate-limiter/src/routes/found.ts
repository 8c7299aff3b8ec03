/** The routes that the readings of a part of a path lead to. */
export interface Found<Target> {
  /** Each once, and few in practice. */
  readonly targets: readonly Target[];
  /** Whether some reading leads to no route. */
  readonly mayMiss: boolean;
}

export const nowhere: Found<never> = { targets: [], mayMiss: true };

/** What is found if both readings are possible. */
export function either<Target>(one: Found<Target>, other: Found<Target>): Found<Target> {
  const mayMiss = one.mayMiss || other.mayMiss;
  if (one.targets.length === 0 && other.mayMiss === mayMiss) return other;
  return { targets: union(one.targets, other.targets), mayMiss };
}

/** What is found if the second holds for the readings that the first has no route for. */
export function orElse<Target>(first: Found<Target>, second: Found<Target>): Found<Target> {
  if (!first.mayMiss) return first;
  if (first.targets.length === 0) return second;
  return { targets: union(first.targets, second.targets), mayMiss: second.mayMiss };
}

function union<Target>(some: readonly Target[], others: readonly Target[]): readonly Target[] {
  const added = others.filter((target) => !some.includes(target));
  return added.length === 0 ? some : [...some, ...added];
}
