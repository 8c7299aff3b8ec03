/** What the example claims in its comments, held against what its variables are. */
const claims = `
import { deepStrictEqual, strictEqual } from "node:assert";

strictEqual(masked.text, "Analyze AWS_EC2_001");
strictEqual(text, "i-1234567890abcdef0 is idle.");
deepStrictEqual(unresolved, []);
`;

/**
 * The first TypeScript block of a README as a program that fails where the block's claims aren't true.
 *
 * The block has to be JavaScript as well, since it runs as it stands.
 */
export function firstExample(readme: string): string {
  const block = /^```ts\n(.*?)^```$/ms.exec(readme)?.[1];
  if (block === undefined) throw new Error("The README has no TypeScript block");
  return block + claims;
}
