import type { ShapeDetector } from "../../detection/detector.ts";
import { alphanumeric, charClass, digit, lowerHex } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { assignmentGap, keyTriggers, quote } from "../context.ts";
import { sticky } from "../sticky.ts";
import { atWordStart, notEscapeLetter } from "../word-start.ts";
import { regionPattern } from "./domains.ts";

const uuid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
/** The letters, digits and hyphens of a region and of the beginning of a pool id, and underscores. */
const poolUnit = charClass("a-z0-9_-");

/** Ids without a distinctive shape. They are found after a word that names them, or after a region. */
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
      start: { at: "after", gap: sticky(`(?:${assignmentGap().source}|(?:id )?(?:${quote})?)`) },
      pattern: sticky(uuid),
    },
    {
      kind: "shape",
      type: "AWS_KMS_KEY",
      triggers: atWordStart("mrk-", repeat(lowerHex, 4)),
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
      start: { at: "after", gap: sticky(`(?:${assignmentGap().source}|(?:id )?(?:${quote})?)`) },
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
      start: { at: "after", gap: sticky(`(?:${assignmentGap().source}|(?:id )?(?:${quote})?)`) },
      pattern: /E(?=[A-Z]{0,12}[0-9])[A-Z0-9]{12,13}/y,
    },
  ];
}

function pools(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "AWS_COGNITO_POOL",
      triggers: [trigger(["-", digit, "_", repeat(alphanumeric, 4)])],
      start: { at: "run", of: poolUnit, max: 40 },
      pattern: sticky(`${notEscapeLetter}${regionPattern}_[A-Za-z0-9]{9}`),
    },
    {
      kind: "shape",
      type: "AWS_COGNITO_IDENTITY",
      priority: 4,
      triggers: [trigger(["-", digit, ":", repeat(lowerHex, 8), "-"])],
      start: { at: "run", of: charClass("a-z0-9:-"), max: 50 },
      pattern: sticky(`${notEscapeLetter}${regionPattern}:${uuid}`),
    },
  ];
}
