import type { WindowRule } from "../algorithms/algorithm.ts";

/** What a script needs of the windows; one `cells` for all. */
export function policyArguments(letter: string, rules: readonly WindowRule[]): string[] {
  const [first] = rules;
  const policy = [String(first?.cells ?? 1)];
  for (const { limit, windowMs, burst } of rules) {
    policy.push(`${letter}${windowMs}`, String(limit), String(windowMs), String(burst));
  }
  return policy;
}

export function readPolicyArguments([cells, ...windows]: readonly string[]): WindowRule[] {
  const rules: WindowRule[] = [];
  for (let index = 0; index < windows.length; index += 4) {
    const [limit, windowMs, burst] = windows.slice(index + 1, index + 4).map(Number) as [number, number, number];
    rules.push({ limit, windowMs, burst, cells: Number(cells) });
  }
  return rules;
}
