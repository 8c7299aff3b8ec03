import type { Detector } from "../../detection/detector.ts";
import { accounts } from "./accounts.ts";
import { arns } from "./arns.ts";
import { credentials } from "./credentials.ts";
import { endpoints } from "./endpoints.ts";
import { identifiers } from "./identifiers.ts";
import { names } from "./names.ts";
import { resourceIds } from "./resource-ids.ts";
import { buckets } from "./s3.ts";

/**
 * Finds what belongs to an AWS account: ids, ARNs, endpoints, credentials, and the names of buckets, databases, clusters and
 * models if the words around them say what they are.
 */
export function aws(): readonly Detector[] {
  return [
    ...resourceIds(),
    ...arns(),
    ...credentials(),
    ...accounts(),
    ...buckets(),
    ...endpoints(),
    ...names(),
    ...identifiers(),
  ];
}
