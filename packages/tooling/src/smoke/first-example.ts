/** What the example claims in its comments, as assertions. */
const claims = `
import { deepStrictEqual, strictEqual } from "node:assert";

strictEqual(masked.text, "Analyze AWS_EC2_001");
strictEqual(text, "i-1234567890abcdef0 is idle.");
deepStrictEqual(unresolved, []);
`;

/**
 * The first TypeScript block of a README, as a program that fails if what the block claims isn't true.
 *
 * The block must also be valid JavaScript, since it runs unchanged.
 */
export function firstExample(readme: string): string {
  const block = /^```ts\n(.*?)^```$/ms.exec(readme)?.[1];
  if (block === undefined) throw new Error("The README has no TypeScript block");
  return block + claims;
}
