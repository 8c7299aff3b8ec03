/** Packs originals for a script: their types in one argument, then for each its reverse record, ready to be stored. */
export function packEntries(
  entries: readonly { readonly type: string; readonly ids: readonly string[]; readonly value?: string }[],
  indexes: readonly string[],
): string[] {
  const packed = [entries.map(({ type }) => type).join(",")];
  for (const { ids, value = "" } of entries) {
    let record = "";
    for (const [place, name] of indexes.entries()) record += `${place === 0 ? "" : ","}${name}:${ids[place] ?? ""}`;
    packed.push(`${record}|${value}`);
  }
  return packed;
}

/** Packs references for a script: their reverse fields in one argument. */
export function packReferences(references: readonly { readonly type: string; readonly number: number }[]): string {
  return references.map(({ type, number }) => `r${type}:${number}`).join(",");
}
