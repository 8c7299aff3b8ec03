import type { ShapeDetector } from "../../detection/detector.ts";
import { alphanumeric, upperOrDigit } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { assignmentGap, keyTriggers, quote } from "../context.ts";
import { sticky } from "../sticky.ts";
import { atWordStart } from "../word-start.ts";

const accessKeyPrefixes = ["A3T", "AKIA", "ASIA", "ABIA", "ACCA"];
const principalPrefixes = ["AGPA", "AIDA", "AIPA", "ANPA", "ANVA", "APKA", "AROA", "ASCA"];

const secretKey = "[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])";
const sessionToken = "[A-Za-z0-9+/=_%-]{100,}";

const isHexDigest = (value: string): boolean => /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(value);

/** Ids of keys and principals, secret keys, session tokens and the signatures of presigned URLs. */
export function credentials(): readonly ShapeDetector[] {
  return [...keyIds(), ...secretKeys(), ...sessionTokens(), signature()];
}

function keyIds(): readonly ShapeDetector[] {
  const triggersOf = (prefixes: readonly string[]) =>
    prefixes.flatMap((prefix) => atWordStart(prefix, repeat(upperOrDigit, 4)));
  return [
    {
      kind: "shape",
      type: "AWS_ACCESS_KEY",
      priority: 5,
      triggers: triggersOf(accessKeyPrefixes),
      start: { at: "trigger" },
      pattern: /(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}/y,
    },
    {
      kind: "shape",
      type: "AWS_PRINCIPAL_ID",
      triggers: triggersOf(principalPrefixes),
      start: { at: "trigger" },
      pattern: /A(?:GPA|IDA|IPA|NPA|NVA|PKA|ROA|SCA)[A-Z0-9]{16,28}/y,
    },
  ];
}

function secretKeys(): readonly ShapeDetector[] {
  const shared = {
    kind: "shape",
    type: "AWS_SECRET_KEY",
    priority: 20,
    pattern: sticky(secretKey),
    validate: (value: string) => !isHexDigest(value),
  } as const;
  const keys = [
    "secretaccesskey",
    "secret_access_key",
    "secret-access-key",
    "secret access key",
    "secret_key",
    "secretkey",
  ];
  return [
    { ...shared, triggers: keyTriggers(keys), start: { at: "after", gap: assignmentGap() } },
    {
      // The file that the console offers for download, and other text with the two side by side.
      ...shared,
      triggers: ["AKIA", "ASIA"].flatMap((prefix) => atWordStart(prefix, repeat(upperOrDigit, 4))),
      start: {
        at: "after",
        gap: sticky(String.raw`[A-Z0-9]{12}(?:${quote})?[ \t]{0,2}[,;:|/ \t][ \t]{0,2}(?:${quote})?`),
      },
    },
  ];
}

function sessionTokens(): readonly ShapeDetector[] {
  const keys = ["sessiontoken", "session_token", "session-token", "security-token", "security_token", "securitytoken"];
  return [
    {
      kind: "shape",
      type: "AWS_SESSION_TOKEN",
      priority: 20,
      triggers: keyTriggers(keys),
      start: { at: "after", gap: assignmentGap() },
      pattern: sticky(sessionToken),
    },
    {
      // The beginnings of current tokens and of those of older services.
      kind: "shape",
      type: "AWS_SESSION_TOKEN",
      priority: 20,
      triggers: ["FwoGZXIv", "IQoJb3Jp", "AQoDYXdz", "AQoEXAMP"].map((prefix) =>
        trigger([prefix, repeat(alphanumeric, 1)]),
      ),
      start: { at: "trigger" },
      pattern: sticky(sessionToken),
    },
  ];
}

function signature(): ShapeDetector {
  return {
    kind: "shape",
    type: "AWS_SIGNATURE",
    triggers: [trigger("X-Amz-Signature="), trigger("x-amz-signature="), trigger(", Signature=")],
    start: { at: "after", gap: /(?:)/y },
    pattern: /[0-9a-f]{64}/y,
  };
}
