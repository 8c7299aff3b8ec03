import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, notIn, UPPER_OR_DIGIT } from "../../matcher/char-class.ts";
import { anyCase, trigger } from "../../matcher/trigger.ts";
import { assignmentGap, keyTriggers, PARTICLE, phraseTriggers, QUOTE, wordTriggers } from "../context.ts";
import { sticky } from "../sticky.ts";
import { isPlaceholder } from "./placeholder.ts";

/** Whose value is a secret, and the fewest units that one has. */
const KEYS: readonly { readonly type: string; readonly shortest: number; readonly keys: readonly string[] }[] = [
  { type: "SECRET_PASSWORD", shortest: 4, keys: ["password", "passwd", "passphrase", "_pwd", "_pass", "passcode"] },
  {
    type: "SECRET_API_KEY",
    shortest: 8,
    keys: [
      ...["api_key", "api-key", "apikey", "api key", "access_key", "access-key", "accesskey", "account_key"],
      ...[
        "secret",
        "secret_key",
        "secret-key",
        "secretkey",
        "private_key",
        "signing_key",
        "encryption_key",
        "auth_key",
      ],
      ...["client_secret", "clientsecret", "credentials", "authkey", "master_key"],
    ],
  },
  { type: "SECRET_TOKEN", shortest: 8, keys: ["token", "jsessionid", "sessionid", "session_id", "phpsessid"] },
];

/** Between quotes a value may hold anything; outside of them it ends where the notation around it goes on. */
const BARE_UNIT = String.raw`(?:[^\s"'\x60,;&<>()[\]{}|\\]|\\(?![nrtbfvu"'\\/]))`;
/** A path of plain identifiers is code, not a value: `request.body.password`, `var.db_password`. */
const NOT_CODE = String.raw`(?![A-Za-z_$]{1,40}(?:\??\.[A-Za-z_$]{1,40}){1,6}(?![^\s,;:)}\]"'(]))(?![A-Za-z_$][A-Za-z0-9_$.]{0,80}\()`;
/** Something that an ordinary word doesn't have, or nothing behind it on its line. */
const UNUSUAL = String.raw`(?:(?=[A-Za-z./_-]{0,64}[^A-Za-z./_\s-])(?![0-9]{1,3}(?:[-.][0-9]{1,3})?(?![^\s,;]))|(?=[A-Za-z._-]{6,64}[ \t]{0,4}(?:[\r\n,;}"']|\\[nr]|$)))`;

function valuePattern(shortest: number): RegExp {
  const alternatives = [
    String.raw`(?<=\\")[^"\\\r\n]{${shortest},512}(?=\\{1,3}")`,
    String.raw`(?<=")(?:[^"\\\r\n]|\\.){${shortest},512}(?=")`,
    String.raw`(?<=')(?:[^'\\\r\n]|\\.){${shortest},512}(?=')`,
    String.raw`(?<=\x60)[^\x60\r\n]{${shortest},512}(?=\x60)`,
    // A line of an environment file: everything up to white space.
    String.raw`(?<=(?:^|[\r\n])(?:export )?[A-Z][A-Z0-9_]{2,60}=)(?!["'])(?:[^\s\\]|\\(?![nrt"])){${shortest},512}`,
    // Straight behind the sign.
    String.raw`(?<=[=>])${NOT_CODE}${BARE_UNIT}{${shortest},512}`,
    String.raw`${NOT_CODE}${UNUSUAL}${BARE_UNIT}{${shortest},512}`,
  ];
  return sticky(String.raw`(?:${alternatives.join("|")})(?<![.:!?](?=[\s"']|$))`);
}

/** Whether a value is a secret and no placeholder; a token is no plain number. */
function isSecret(type: string): (value: string) => boolean {
  return (value) => !isPlaceholder(value) && (type === "SECRET_PASSWORD" || !/^[0-9.]+$|^[A-Za-z]{1,15}$/.test(value));
}

/**
 * What is assigned to a password, key, secret or token: in `.env` files, JSON, YAML, Terraform, connection strings,
 * command lines and prose. The value alone is taken, so that one password has one token wherever it stands.
 */
export function assignments(): readonly ShapeDetector[] {
  return [...KEYS.map(assigned), environmentKey(), shortPassword(), ...inProse()];
}

function assigned({ type, shortest, keys }: (typeof KEYS)[number]): ShapeDetector {
  return {
    kind: "shape",
    type,
    confidence: "medium",
    triggers: keyTriggers(keys),
    start: { at: "after", gap: assignmentGap() },
    pattern: valuePattern(shortest),
    edges: "free",
    validate: isSecret(type),
  };
}

/** `MASK_KEY=...`: the word is too common to count unless it ends the name of an environment variable. */
function environmentKey(): ShapeDetector {
  return {
    kind: "shape",
    type: "SECRET_API_KEY",
    confidence: "medium",
    triggers: [trigger([UPPER_OR_DIGIT, "_KEY="]), trigger([UPPER_OR_DIGIT, "_SALT="])],
    start: { at: "after", gap: /["']?/y },
    pattern: /(?=[A-Za-z+/=_-]{0,128}[0-9])[A-Za-z0-9+/=_.-]{16,512}/y,
    validate: (value) => !isPlaceholder(value),
  };
}

/** `pwd=` and `pass=`, which are also a directory and a result: straight before the value, behind no other letter. */
function shortPassword(): ShapeDetector {
  const before = notIn(charClass("A-Za-z0-9"));
  return {
    kind: "shape",
    type: "SECRET_PASSWORD",
    confidence: "medium",
    triggers: ["pwd", "pass", "pw"].flatMap((key) => [
      trigger([anyCase(key), "="], { before }),
      trigger([anyCase(key), '":'], { before }),
    ]),
    start: { at: "after", gap: sticky(String.raw`[ \t]{0,4}(?:${QUOTE})?`) },
    pattern: sticky(String.raw`(?!/)(?:${valuePattern(4).source})`),
    edges: "free",
    validate: isSecret("SECRET_PASSWORD"),
  };
}

/** `The password is hunter2`, `비밀번호는 hunter2입니다`: something that no ordinary word has. */
function inProse(): readonly ShapeDetector[] {
  const unusual = String.raw`(?=[\x21-\x7e]{0,64}[0-9!@#$%^&*])[A-Za-z0-9!@#$%^&*+=?~._-]{4,128}(?<![.?])`;
  const shared = {
    kind: "shape",
    type: "SECRET_PASSWORD",
    confidence: "medium",
    pattern: sticky(unusual),
    edges: "free",
    validate: (value: string) => !isPlaceholder(value) && !/^[0-9]{1,3}[-.~]?[0-9]{0,3}$/.test(value),
  } as const;
  return [
    {
      ...shared,
      triggers: wordTriggers(["password", "passphrase", "passcode"]),
      start: { at: "after", gap: sticky(`(?:is|was|will be)(?: now)?[: ]{1,2}(?:${QUOTE})?`) },
    },
    {
      ...shared,
      triggers: phraseTriggers(["비밀번호", "비번", "암호", "패스워드"]),
      start: { at: "after", gap: sticky(`${PARTICLE} {0,2}[:=]? {0,2}(?:${QUOTE})?`) },
    },
  ];
}
