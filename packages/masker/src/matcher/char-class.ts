/** A set of UTF-16 code units. A negated class also has every unit above ASCII that it doesn't name. */
export interface CharClass {
  readonly has: (unit: number) => boolean;
  /** The units that the class names, which the alphabet has to tell apart from others. */
  readonly named: ReadonlySet<number>;
}

/**
 * Makes a class from a specification like that inside the brackets of a regular expression: `"a-z0-9._-"`. A hyphen at
 * either end stands for itself. There are no escapes.
 */
export function charClass(specification: string): CharClass {
  let known = classes.get(specification);
  if (known === undefined) {
    known = readClass(specification);
    classes.set(specification, known);
  }
  return known;
}

/** Equal classes are one object, so that an alphabet compares a few dozen classes, not every letter of every literal. */
const classes = new Map<string, CharClass>();

function readClass(specification: string): CharClass {
  const named = new Set<number>();
  for (let index = 0; index < specification.length; index++) {
    const first = specification.charCodeAt(index);
    const isRange = specification[index + 1] === "-" && index + 2 < specification.length;
    const last = isRange ? specification.charCodeAt(index + 2) : first;
    for (let unit = first; unit <= last; unit++) named.add(unit);
    if (isRange) index += 2;
  }
  return createClass((unit) => named.has(unit), named);
}

/** ASCII is looked up in a table, because a walk through a text asks about every character. */
function createClass(decide: (unit: number) => boolean, named: ReadonlySet<number>): CharClass {
  const ascii = Array.from({ length: 128 }, (_, unit) => decide(unit));
  return { has: (unit) => (unit < 128 ? ascii[unit] === true : decide(unit)), named };
}

/** Every unit that `excluded` doesn't have, including those above ASCII. */
export function notIn(excluded: CharClass): CharClass {
  return createClass((unit) => !excluded.has(unit), excluded.named);
}

/** A letter in both cases, or any other unit by itself. */
export function eitherCase(character: string): CharClass {
  return charClass(character.toLowerCase() + character.toUpperCase());
}

export const digit = charClass("0-9");
export const lowerHex = charClass("0-9a-f");
export const hex = charClass("0-9a-fA-F");
export const upperOrDigit = charClass("A-Z0-9");
export const alphanumeric = charClass("A-Za-z0-9");
/** ASCII letters, digits and the underscore, which a token must not touch. */
export const word = charClass("A-Za-z0-9_");
/** Anything but a word character. As `before` it also accepts the start of the text. */
export const notWord = notIn(word);
