/**
 * Finds the strongly connected components of a graph by Tarjan's algorithm.
 *
 * @param next where each node leads
 * @returns the component of each node
 */
export function componentsOf(next: readonly (readonly number[])[]): readonly number[] {
  const component: number[] = Array(next.length).fill(-1);
  const order: number[] = Array(next.length).fill(-1);
  const lowest: number[] = Array(next.length).fill(-1);
  const open: number[] = [];
  let visited = 0;

  const visit = (node: number): void => {
    order[node] = lowest[node] = visited++;
    open.push(node);
    for (const target of next[node]!) {
      if (order[target] === -1) visit(target);
      if (component[target] === -1) lowest[node] = Math.min(lowest[node]!, lowest[target]!);
    }
    if (lowest[node] !== order[node]) return;
    let member: number;
    do {
      member = open.pop()!;
      component[member] = node;
    } while (member !== node);
  };

  for (let node = 0; node < next.length; node++) if (order[node] === -1) visit(node);
  return component;
}
