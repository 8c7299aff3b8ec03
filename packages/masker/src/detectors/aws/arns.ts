import type { ShapeDetector } from "../../detection/detector.ts";
import { sticky } from "../sticky.ts";
import { atWordStart } from "../word-start.ts";

/** One unit of a resource. A policy variable such as `${aws:username}` is one. No comma, because ARNs come in lists. */
const resourceUnit = String.raw`(?:[A-Za-z0-9_+=.@:/*?$#~%!|-]|\$\{[A-Za-z0-9_:./-]{1,64}\})`;
/** What a resource may end with. Punctuation after an ARN belongs to the sentence. */
const resourceEnd = String.raw`(?:[A-Za-z0-9_*/]|\$\{[A-Za-z0-9_:./-]{1,64}\})`;

/**
 * Whole Amazon Resource Names of every partition: `arn:partition:service:region:account:resource`. Region and account may be
 * empty or, in a policy, a `*`.
 */
export function arns(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "AWS_ARN",
      priority: 10,
      triggers: atWordStart("arn:aws"),
      start: { at: "trigger" },
      // It ends within a word only after the longest possible resource. The rest is then looked at again.
      edges: "free",
      pattern: sticky(
        String.raw`arn:aws(?:-[a-z]{1,5}){0,3}:[a-z0-9*-]{1,40}:[a-z0-9*-]{0,25}:(?:[0-9*]{1,12}|aws|cloudfront)?:` +
          `${resourceUnit}{0,1500}${resourceEnd}`,
      ),
    },
  ];
}
