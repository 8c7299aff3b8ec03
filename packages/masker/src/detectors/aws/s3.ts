import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, digit } from "../../matcher/char-class.ts";
import { anyCase, repeat, trigger } from "../../matcher/trigger.ts";
import { namesInContext } from "../names.ts";
import { sticky } from "../sticky.ts";
import { isPlausibleName } from "../stop-words.ts";
import { notEscapeLetter } from "../word-start.ts";
import { domainPattern } from "./domains.ts";

const bucketType = "AWS_S3_BUCKET";
/** Capitals and underscores were allowed until 2018, and buckets with them still exist. */
const bucket = "[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]";
/** `s3.region`, `s3-website-region`, `s3.dualstack.region`. Parts may contain hyphens, so only one may begin with one. */
const service = String.raw`s3(?:-[a-z0-9-]{2,30})?(?:\.[a-z0-9-]{2,30}){0,2}\.${domainPattern}`;
const bucketUnit = charClass("A-Za-z0-9._-");
const lowerOrDigit = charClass("a-z0-9");

/** Bucket names. The value is only the name, in every notation, so that a bucket always has the same token. */
export function buckets(): readonly ShapeDetector[] {
  return [
    ...addresses(),
    ...listings(),
    ...namesInContext({
      type: bucketType,
      name: bucket,
      keys: ["bucket", "bucketname", "bucket_name", "bucket-name"],
      words: ["s3", "bucket"],
      nouns: "buckets?|버킷",
      korean: ["버킷"],
    }),
  ];
}

function addresses(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: bucketType,
      triggers: ["s3://", "s3a://", "s3n://"].map((scheme) => trigger([anyCase(scheme)])),
      start: { at: "after", gap: /(?:)/y },
      pattern: sticky(bucket),
    },
    {
      // bucket.s3.region.amazonaws.com, bucket.s3-website-region.amazonaws.com
      kind: "shape",
      type: bucketType,
      triggers: [trigger([lowerOrDigit, ".s3", charClass(".-")])],
      start: {
        at: "run",
        of: bucketUnit,
        max: 63 + 4,
        tail: 4,
        ahead: sticky(String.raw`(?<=\.(?=${service})s3[.-])`),
      },
      pattern: sticky(
        // Three units or more. Said in the label's quantifier, the engine would try every length.
        String.raw`${notEscapeLetter}(?![a-z0-9._-]{1,2}\.s3[.-])[a-z0-9][a-z0-9_-]{0,62}(?:\.(?!s3[.-])[a-z0-9_-]{1,62}){0,20}` +
          String.raw`(?<=[a-z0-9])(?=\.s3[.-])`,
      ),
    },
    {
      // s3.region.amazonaws.com/bucket
      kind: "shape",
      type: bucketType,
      triggers: ["amazonaws.com/", "amazonaws.com.cn/", "amazonaws.eu/", ".gov/", "adc-e.uk/", "api.aws/"].map((end) =>
        trigger(end),
      ),
      start: { at: "after", gap: /(?:)/y },
      pattern: sticky(String.raw`(?<=(?:^|[\s"'\x60(=/@])${service}/)${bucket}`),
    },
  ];
}

function listings(): readonly ShapeDetector[] {
  const clock = [repeat(digit, 2), ":", repeat(digit, 2), ":", repeat(digit, 2)];
  return [
    {
      // A line of `aws s3 ls`: 2023-01-01 10:00:00 my-bucket
      kind: "shape",
      type: bucketType,
      confidence: "medium",
      triggers: [trigger(["-", repeat(digit, 2), " ", ...clock, " ", lowerOrDigit])],
      start: { at: "run", of: bucketUnit, max: 1 },
      pattern: sticky(
        String.raw`(?<=(?:^|\n|\\n)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )(?=[a-z0-9]{1,62}[.-])[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?=[ \t]{0,4}(?:[\r\n]|\\[rn]|$))`,
      ),
      validate: isPlausibleName,
    },
    {
      // The answer of list-buckets, whose members come in either order.
      kind: "shape",
      type: bucketType,
      triggers: [trigger('"Name":')],
      start: { at: "after", gap: /\s{0,4}"/y },
      pattern: sticky(
        String.raw`(?:(?<="CreationDate":\s{0,4}"[^"]{10,40}",\s{0,40}"Name":\s{0,4}")${bucket}|${bucket}(?="\s{0,40},\s{0,40}"(?:CreationDate|BucketRegion|BucketArn)"))`,
      ),
    },
  ];
}
