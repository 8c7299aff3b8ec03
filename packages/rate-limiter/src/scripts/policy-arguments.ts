import type { Algorithm, WindowRule } from "../algorithms/algorithm.ts";

type Notation = Pick<Algorithm<unknown>, "letter" | "hasBurst">;

/** Kept, since every call needs them and there are only a few policies. */
const made = new WeakMap<readonly WindowRule[], readonly string[]>();

/** What a script has to know of the windows: `cells` once, then each window's name, limit, length and, if there is one, burst. */
export function policyArguments({ letter, hasBurst }: Notation, rules: readonly WindowRule[]): readonly string[] {
  const known = made.get(rules);
  if (known !== undefined) return known;
  const [first] = rules;
  const policy = [String(first?.cells ?? 1)];
  for (const { limit, windowMs, burst } of rules) {
    policy.push(letter + windowMs, String(limit), String(windowMs));
    if (hasBurst) policy.push(String(burst));
  }
  made.set(rules, policy);
  return policy;
}

export function readPolicyArguments({ hasBurst }: Notation, [cells, ...windows]: readonly string[]): WindowRule[] {
  const length = hasBurst ? 4 : 3;
  const rules: WindowRule[] = [];
  for (let index = 0; index < windows.length; index += length) {
    const [limit = 0, windowMs = 0, burst = limit] = windows.slice(index + 1, index + length).map(Number);
    rules.push({ name: "", limit, windowMs, burst, cells: Number(cells) });
  }
  return rules;
}
