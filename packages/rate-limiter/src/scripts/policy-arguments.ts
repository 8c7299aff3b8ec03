import type { WindowRule } from "../algorithms/algorithm.ts";

/** What a script needs of the windows; one `cells` for all. */
export function policyArguments(rules: readonly WindowRule[]): string[] {
  return [
    String(rules[0]?.cells ?? 1),
    ...rules.flatMap(({ limit, windowMs, burst }) => [String(limit), String(windowMs), String(burst)]),
  ];
}

export function readPolicyArguments([cells, ...numbers]: readonly string[]): WindowRule[] {
  const rules: WindowRule[] = [];
  for (let index = 0; index < numbers.length; index += 3) {
    const [limit, windowMs, burst] = numbers.slice(index, index + 3).map(Number) as [number, number, number];
    rules.push({ limit, windowMs, burst, cells: Number(cells) });
  }
  return rules;
}
