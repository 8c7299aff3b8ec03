import type { Alphabet } from "./alphabet.ts";
import type { CharClass } from "./char-class.ts";
import { type Needle, unitsAt } from "./needle.ts";
import type { Step } from "./trigger.ts";

/** A position inside needles: the ways on from it, and the needles that end here. */
export interface GraphNode {
  readonly ways: Way[];
  readonly needles: number[];
}

/** Leads to `target` for every letter that `open` marks with 1. All ways of one class share their marks. */
export interface Way {
  readonly open: Uint8Array;
  readonly target: number;
}

/**
 * All needles as one non-deterministic graph. Node 0 is the start. Terms share their beginnings, as in a trie. A repeated
 * step has one node per count. There are no ways that read nothing.
 */
export function buildNeedleGraph(needles: readonly Needle[], alphabet: Alphabet): readonly GraphNode[] {
  const nodes: GraphNode[] = [createNode()];
  const termChildren = new Map<string, number>();
  const classNumbers = new Map<CharClass, number>();
  const stepEnds = new Map<string, readonly number[]>();

  /** The nodes in which `step` may end if it begins in `open`. They are shared by all triggers that begin alike. */
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
  return { ways: [], needles: [] };
}

function addStep(nodes: GraphNode[], begin: readonly number[], step: Step, alphabet: Alphabet): readonly number[] {
  const open = alphabet.marksOf(step.of);
  const ends = step.min === 0 ? [...begin] : [];
  let from = begin;
  for (let count = 1; count <= step.max; count++) {
    const target = nodes.push(createNode()) - 1;
    for (const node of from) nodes[node]?.ways.push({ open, target });
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
    const units = unitsAt(term, index, mode);
    const edge = `${node} ${units.join(" ")}`;
    let target = children.get(edge);
    if (target === undefined) {
      target = nodes.push(createNode()) - 1;
      children.set(edge, target);
      nodes[node]?.ways.push({ open: alphabet.marksOfUnits(units), target });
    }
    node = target;
  }
  nodes[node]?.needles.push(id);
}
