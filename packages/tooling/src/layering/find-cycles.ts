/**
 * The cycles of a graph, each as the nodes on it in order, and a node's arrow to itself.
 *
 * Each strongly connected part of the graph is shown by one of its cycles: once that is broken, the next shows.
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
