/**
 * Originals as the scripts take them, in one argument: for each its type, a forward field for each index name, and its
 * reverse record. Ready-made here, since the server has better things to do than to join strings.
 */
export function packEntries(
  entries: readonly { readonly type: string; readonly ids: readonly string[]; readonly value?: string }[],
  indexes: readonly string[],
): string {
  const packed: string[] = [];
  for (const { type, ids, value = "" } of entries) {
    packed.push(type);
    let head = "";
    for (const [place, name] of indexes.entries()) {
      const named = `${name}:${ids[place] ?? ""}`;
      packed.push(`f${type}:${named}`);
      head = place === 0 ? named : `${head},${named}`;
    }
    packed.push(`${head}|${value}`);
  }
  return JSON.stringify(packed);
}

/** References as the scripts take them: their reverse fields in one argument. */
export function packReferences(references: readonly { readonly type: string; readonly number: number }[]): string {
  return JSON.stringify(references.map(({ type, number }) => `r${type}:${number}`));
}
