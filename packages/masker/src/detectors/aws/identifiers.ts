import type { ShapeDetector } from "../../detection/detector.ts";
import { ALPHANUMERIC, charClass, DIGIT, LOWER_HEX } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { assignmentGap, keyTriggers, QUOTE } from "../context.ts";
import { sticky } from "../sticky.ts";
import { atWordStart, NOT_ESCAPE_LETTER } from "../word-start.ts";
import { REGION } from "./domains.ts";

const UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
/** The one to thirty letters, digits and hyphens of a region and a pool's beginning. */
const POOL_UNIT = charClass("a-z0-9_-");

/** Ids that look like anything else's: found behind a word that names them, or with a region before them. */
export function identifiers(): readonly ShapeDetector[] {
  return [...kmsKeys(), ...zones(), ...distributions(), ...pools()];
}

function kmsKeys(): readonly ShapeDetector[] {
  const keys = ["keyid", "key_id", "key-id", "kmskey", "kms_key", "kms key", "targetkeyid", "masterkeyid", "cmk"];
  return [
    {
      kind: "shape",
      type: "AWS_KMS_KEY",
      priority: 3,
      triggers: [...keyTriggers(keys), trigger("key/")],
      start: { at: "after", gap: sticky(`(?:${assignmentGap().source}|(?:id )?(?:${QUOTE})?)`) },
      pattern: sticky(UUID),
    },
    {
      kind: "shape",
      type: "AWS_KMS_KEY",
      triggers: atWordStart("mrk-", repeat(LOWER_HEX, 4)),
      start: { at: "trigger" },
      pattern: /mrk-[0-9a-f]{32}/y,
    },
  ];
}

function zones(): readonly ShapeDetector[] {
  const keys = ["hostedzoneid", "hosted_zone_id", "hosted-zone-id", "zone_id", "zoneid", "hosted zone", "zone"];
  return [
    {
      kind: "shape",
      type: "AWS_HOSTED_ZONE",
      triggers: [...keyTriggers(keys), trigger("hostedzone/")],
      start: { at: "after", gap: sticky(`(?:${assignmentGap().source}|(?:id )?(?:${QUOTE})?)`) },
      pattern: /(?:(?<="):?\/hostedzone\/)?Z(?=[A-Z]{0,31}[0-9])[A-Z0-9]{8,31}/y,
    },
  ];
}

function distributions(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "AWS_CLOUDFRONT_DISTRIBUTION",
      triggers: [
        ...keyTriggers(["distribution", "distributionid", "distribution_id", "distribution-id"]),
        trigger("distribution/"),
      ],
      start: { at: "after", gap: sticky(`(?:${assignmentGap().source}|(?:id )?(?:${QUOTE})?)`) },
      pattern: /E(?=[A-Z]{0,12}[0-9])[A-Z0-9]{12,13}/y,
    },
  ];
}

function pools(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "AWS_COGNITO_POOL",
      triggers: [trigger(["-", DIGIT, "_", repeat(ALPHANUMERIC, 4)])],
      start: { at: "run", of: POOL_UNIT, max: 40 },
      pattern: sticky(`${NOT_ESCAPE_LETTER}${REGION}_[A-Za-z0-9]{9}`),
    },
    {
      kind: "shape",
      type: "AWS_COGNITO_IDENTITY",
      priority: 4,
      triggers: [trigger(["-", DIGIT, ":", repeat(LOWER_HEX, 8), "-"])],
      start: { at: "run", of: charClass("a-z0-9:-"), max: 50 },
      pattern: sticky(`${NOT_ESCAPE_LETTER}${REGION}:${UUID}`),
    },
  ];
}
