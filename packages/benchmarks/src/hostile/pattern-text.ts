import { type AST, RegExpParser } from "@eslint-community/regexpp";

/** The most that one quantifier contributes: a longest match in full would be one value and nothing else. */
const longestRepeat = 200;

const parser = new RegExpParser();

/**
 * A text that a pattern matches, or all but matches where it looks around: each quantifier as often as it may, and of
 * alternatives the one at `choice`.
 */
export function textOfPattern(pattern: RegExp, choice = 0): string {
  const { alternatives } = parser.parsePattern(pattern.source);
  return textOfAlternatives(alternatives, choice);
}

function textOfAlternatives(alternatives: readonly AST.Alternative[], choice: number): string {
  const alternative = alternatives[choice % alternatives.length];
  return alternative === undefined ? "" : alternative.elements.map((element) => textOf(element, choice)).join("");
}

function textOf(element: AST.Element, choice: number): string {
  switch (element.type) {
    case "Character":
      return String.fromCodePoint(element.value);
    case "CharacterSet":
      return textOfSet(element);
    case "CharacterClass":
      return textOfClass(element);
    case "Group":
    case "CapturingGroup":
      return textOfAlternatives(element.alternatives, choice);
    case "Quantifier":
      return textOf(element.element, choice).repeat(Math.min(element.max, longestRepeat));
    default:
      // Assertions take no room. What a back reference repeats, these patterns can do without.
      return "";
  }
}

function textOfSet(set: AST.CharacterSet): string {
  if (set.kind === "digit") return set.negate ? "a" : "7";
  if (set.kind === "space") return set.negate ? "a" : " ";
  return set.kind === "word" && set.negate ? "-" : "a";
}

function textOfClass({ negate, elements }: AST.CharacterClass): string {
  if (negate) return elements.some((element) => element.type === "Character" && element.value === 0x7a) ? "q" : "z";
  const [first] = elements;
  if (first === undefined) return "";
  if (first.type === "CharacterClassRange") return String.fromCodePoint(first.min.value);
  return first.type === "Character"
    ? String.fromCodePoint(first.value)
    : first.type === "CharacterSet"
      ? textOfSet(first)
      : "";
}
