/** Gives a text its colour. */
export type Paint = (text: string) => string;

/** Paints each place of `terms` in a text; of two terms at one place the longer. Everything else stays as it is. */
export function createHighlighter(terms: readonly string[], paint: Paint): Paint {
  const alternatives = terms
    .filter((term) => term !== "")
    .sort((left, right) => right.length - left.length)
    .map((term) => term.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  if (alternatives.length === 0) return (text) => text;
  const anyTerm = new RegExp(alternatives.join("|"), "g");
  return (text) => text.replace(anyTerm, (term) => paint(term));
}
