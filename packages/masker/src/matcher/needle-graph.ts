import type { Alphabet } from "./alphabet.ts";
import type { CharClass } from "./char-class.ts";
import { type Needle, unitsAt } from "./needle.ts";
import type { Step } from "./trigger.ts";

/** One place inside a needle: where each letter leads, and which needles end here. */
export interface GraphNode {
  readonly next: Map<number, number[]>;
  readonly needles: number[];
}

/**
 * All needles as one non-deterministic graph; node 0 is the start. Terms share their beginnings (a trie), a repeated
 * step is a node per count, and no node has a way that reads nothing.
 */
export function buildNeedleGraph(needles: readonly Needle[], alphabet: Alphabet): readonly GraphNode[] {
  const nodes: GraphNode[] = [createNode()];
  const termChildren = new Map<string, number>();
  const classNumbers = new Map<CharClass, number>();
  const stepEnds = new Map<string, readonly number[]>();

  /** The nodes in which `step` may end when it begins in `open`; made once for all triggers that begin alike. */
  const follow = (open: readonly number[], step: Step): readonly number[] => {
    let classNumber = classNumbers.get(step.of);
    if (classNumber === undefined) {
      classNumber = classNumbers.size;
      classNumbers.set(step.of, classNumber);
    }
    const key = `${open.join()}/${classNumber}/${step.min}/${step.max}`;
    let ends = stepEnds.get(key);
    if (ends === undefined) {
      ends = addStep(nodes, open, step, alphabet);
      stepEnds.set(key, ends);
    }
    return ends;
  };

  needles.forEach((needle, id) => {
    if ("trigger" in needle) {
      for (const node of needle.trigger.steps.reduce(follow, [0])) nodes[node]?.needles.push(id);
    } else {
      addTerm(nodes, termChildren, needle, id, alphabet);
    }
  });
  return nodes;
}

function createNode(): GraphNode {
  return { next: new Map(), needles: [] };
}

function addStep(nodes: GraphNode[], open: readonly number[], step: Step, alphabet: Alphabet): readonly number[] {
  const letters = alphabet.lettersOf(step.of);
  const ends = step.min === 0 ? [...open] : [];
  let from = open;
  for (let count = 1; count <= step.max; count++) {
    const target = nodes.push(createNode()) - 1;
    for (const node of from) link(nodes, node, letters, target);
    from = [target];
    if (count >= step.min) ends.push(target);
  }
  return ends;
}

function addTerm(
  nodes: GraphNode[],
  children: Map<string, number>,
  { term, case: mode }: Extract<Needle, { term: string }>,
  id: number,
  alphabet: Alphabet,
): void {
  let node = 0;
  for (let index = 0; index < term.length; index++) {
    const letters = unitsAt(term, index, mode).map((unit) => alphabet.letterOf(unit));
    const edge = `${node} ${letters.join(" ")}`;
    let target = children.get(edge);
    if (target === undefined) {
      target = nodes.push(createNode()) - 1;
      children.set(edge, target);
      link(nodes, node, letters, target);
    }
    node = target;
  }
  nodes[node]?.needles.push(id);
}

function link(nodes: readonly GraphNode[], from: number, letters: readonly number[], target: number): void {
  const next = nodes[from]?.next;
  for (const letter of letters) {
    const targets = next?.get(letter);
    if (targets === undefined) next?.set(letter, [target]);
    else targets.push(target);
  }
}
