import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { CharacterSets } from "./character-sets.ts";
import { nothing, type PatternTree } from "./pattern-tree.ts";

export interface ParsedPattern {
  readonly tree: PatternTree;
  readonly sets: CharacterSets;
}

/** @throws {SyntaxError} for syntax that is too new for the parser */
export function parsePattern({ source, flags, unicode }: RegExp): ParsedPattern {
  const unicodeSets = flags.includes("v");
  const root = new RegExpParser().parsePattern(source, 0, source.length, { unicode, unicodeSets });
  const sets = new CharacterSets(unicode || unicodeSets);
  const reader = new TreeReader(sets);
  return { tree: reader.choice(root.alternatives, flags.replace(/[^imsuv]/g, "")), sets };
}

type Atom = AST.Character | AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass;

class TreeReader {
  readonly #sets: CharacterSets;
  /** The groups that are being read, to stop at a reference inside its own group. */
  readonly #open = new Set<AST.CapturingGroup>();

  constructor(sets: CharacterSets) {
    this.#sets = sets;
  }

  choice(alternatives: readonly AST.Alternative[], flags: string): PatternTree {
    const branches = alternatives.map(({ elements }) =>
      sequence(elements.map((element) => this.#read(element, flags))),
    );
    return branches.length === 1 ? branches[0]! : { kind: "choice", branches };
  }

  #read(node: AST.Element, flags: string): PatternTree {
    switch (node.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        return this.#atom(node, flags);
      case "Quantifier": {
        const { min, max, start, end } = node;
        const body = this.#read(node.element, flags);
        return max === 0 ? nothing : { kind: "repeat", body, min, max, start, end };
      }
      case "Group":
        return this.choice(node.alternatives, modify(flags, node.modifiers));
      case "CapturingGroup":
        return this.#group(node, flags);
      case "Backreference":
        return this.#reference(node, flags);
      case "Assertion":
        if (node.kind === "lookahead" || node.kind === "lookbehind") {
          return { kind: "look", body: this.choice(node.alternatives, flags), behind: node.kind === "lookbehind" };
        }
        return { kind: node.kind === "word" || flags.includes("m") ? "edge" : "text-edge" };
    }
  }

  #group(node: AST.CapturingGroup, flags: string): PatternTree {
    this.#open.add(node);
    const body = this.choice(node.alternatives, flags);
    this.#open.delete(node);
    return body;
  }

  /** Lets a reference read whatever its group can, or nothing. That is more than it really does. */
  #reference(node: AST.Backreference, flags: string): PatternTree {
    const groups = [node.resolved].flat().filter((group) => !this.#open.has(group));
    const bodies = groups.map((group) => this.#group(group, flags));
    const { start, end } = node;
    const body: PatternTree = { kind: "choice", branches: [...bodies, nothing] };
    return sequence([{ kind: "edge" }, { kind: "repeat", body, min: 0, max: 1, start, end }]);
  }

  #atom(node: Atom, flags: string): PatternTree {
    if (mayReadMany(node)) {
      // A set with strings in it, such as \p{RGI_Emoji}, counts as one or more of any character.
      const anything: PatternTree = { kind: "set", set: this.#sets.add("[^]", flags) };
      return {
        kind: "repeat",
        body: anything,
        min: 1,
        max: Number.POSITIVE_INFINITY,
        start: node.start,
        end: node.end,
      };
    }
    this.#sample(node);
    // By its number, because a character's own spelling may mean something else by itself.
    const source = node.type === "Character" ? escaped(node.value, flags) : node.raw;
    return { kind: "set", set: this.#sets.add(source, flags) };
  }

  #sample(node: Atom | AST.CharacterClassElement | AST.ExpressionCharacterClass["expression"]): void {
    if (node.type === "Character") {
      this.#sets.sample(node.value);
    } else if (node.type === "CharacterClassRange") {
      this.#sets.sample(node.min.value);
      this.#sets.sample(node.max.value);
    } else if (node.type === "CharacterSet") {
      if (node.kind === "property") this.#sets.sampleEverywhere();
    } else if (node.type === "CharacterClass") {
      for (const element of node.elements) this.#sample(element);
    } else if (node.type === "ExpressionCharacterClass") {
      this.#sample(node.expression);
    } else if (node.type !== "ClassStringDisjunction") {
      this.#sample(node.left);
      this.#sample(node.right);
    }
  }
}

function sequence(parts: readonly PatternTree[]): PatternTree {
  return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
}

function escaped(character: number, flags: string): string {
  const digits = character.toString(16).padStart(4, "0");
  return /[uv]/.test(flags) ? `\\u{${digits}}` : `\\u${digits}`;
}

/** Applies the flags of `(?i-s:...)`. */
function modify(flags: string, modifiers: AST.Modifiers | null): string {
  if (modifiers === null) return flags;
  const { add, remove } = modifiers;
  const removed = flagsOf(remove);
  return [...new Set(flags + flagsOf(add))].filter((flag) => !removed.includes(flag)).join("");
}

function flagsOf(flags: AST.ModifierFlags | null): string {
  return `${flags?.ignoreCase ? "i" : ""}${flags?.multiline ? "m" : ""}${flags?.dotAll ? "s" : ""}`;
}

/** Whether a set may contain strings of several characters (flag `v`). */
function mayReadMany(node: Atom): boolean {
  return node.type !== "Character" && /\\q\{|\\p\{(?:Basic_Emoji|Emoji_Keycap_Sequence|RGI_)/.test(node.raw);
}
