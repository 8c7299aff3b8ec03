/**
 * The cycles of a graph, each as the nodes on it in order, and a node's arrow to itself.
 *
 * Only one cycle of each strongly connected part is returned. Once that is broken, the next one shows.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = [];
  const finished = new Set<string>();
  const path: string[] = [];

  const visit = (node: string): void => {
    const onPath = path.indexOf(node);
    if (onPath >= 0) {
      cycles.push([...path.slice(onPath), node]);
      return;
    }
    if (finished.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    path.pop();
    finished.add(node);
  };

  for (const node of graph.keys()) visit(node);
  return cycles;
}
