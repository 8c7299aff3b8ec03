import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, notIn, upperOrDigit } from "../../matcher/char-class.ts";
import { anyCase, trigger } from "../../matcher/trigger.ts";
import { assignmentGap, keyTriggers, particle, phraseTriggers, quote, wordTriggers } from "../context.ts";
import { sticky } from "../sticky.ts";
import { isPlaceholder, placeholderStart } from "./placeholder.ts";

/** Keys whose value is a secret, and the fewest units that a value has. */
const keyRows: readonly { readonly type: string; readonly shortest: number; readonly keys: readonly string[] }[] = [
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
      ...["client_secret", "clientsecret", "authkey", "master_key"],
    ],
  },
  { type: "SECRET_TOKEN", shortest: 8, keys: ["token", "jsessionid", "sessionid", "session_id", "phpsessid"] },
];

/** Without quotes, a value ends where the notation around it or a Korean sentence continues. */
const bareUnit = String.raw`(?:[^\s"'\x60,;&<>()[\]{}|\\가-힣]|\\(?![nrtbfvu"'\\/]))`;
/** The punctuation of a sentence isn't part of the value. */
const bareEnd = String.raw`(?<![.:](?![^\s"']))`;
/** A path or a call of plain identifiers is code: `request.body.password`, `var.db_password`, `getPassword()`. */
const notCode =
  String.raw`(?![A-Za-z_$]{1,40}(?:\??\.[A-Za-z_$]{1,40}){1,6}(?![^\s,;:)}\]"'([]))` +
  String.raw`(?![A-Za-z_$][A-Za-z0-9_$.]{0,80}\()`;
/** Requires something that ordinary words don't have, or the whole value of a YAML line. A short number is a length. */
const unusualPattern =
  String.raw`(?:(?=[A-Za-z./_-]{0,64}[0-9@#$%^*+~])(?![0-9]{1,3}(?:[-.][0-9]{1,3})?(?![^\s,;]))|` +
  String.raw`(?<=: {1,4})(?=[a-z]{6,64}[ \t]{0,4}(?:[\r\n]|\\[nr]|$)))`;

/**
 * AWS's names for an id that makes a request safe to repeat, and the form that its tools give such an id. It isn't a secret.
 * Under `client_token`, which is Vault's spelling, any value counts.
 */
const idempotencyName = String.raw`(?:[Cc]lient(?:Request)?|[Ii]dempotency|client-|client-request-|idempotency-)[Tt]oken`;
const requestId = "(?:fleet-)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?:-[0-9]{1,4})?(?![0-9A-Za-z_-])";
const noRequestId = String.raw`(?!(?=${requestId})(?<=(?<![a-z])${idempotencyName}[^0-9A-Za-z]{1,24}))`;

/**
 * A value of at least `shortest` units. In quotes it may contain anything but a line break; a quote that is never closed is
 * ignored. The beginnings of placeholders are refused first, which is cheap however long the placeholder is.
 */
function valuePattern(shortest: number): RegExp {
  const count = `{${shortest},16000}`;
  const alternatives = [
    String.raw`(?<=\\")[^"\\\r\n]${count}(?=\\{1,3}")`,
    String.raw`(?<=(?<!\\)")(?:[^"\\\r\n]|\\.)${count}(?=")`,
    String.raw`(?<=(?<!\\)')(?:[^'\\\r\n]|\\.)${count}(?=')`,
    String.raw`(?<=\x60)[^\x60\r\n]${count}(?=\x60)`,
    // In an environment variable, everything up to white space.
    String.raw`(?<=(?:^|\s)[A-Z][A-Z0-9_]{2,60}=)(?!["'])(?:[^\s\\가-힣]|\\(?![nrt"]))${count}(?<![,;)])`,
    // Directly after the sign.
    `(?<=[=>])${notCode}${bareUnit}${count}${bareEnd}`,
    notCode + unusualPattern + bareUnit + count + bareEnd,
  ];
  return sticky(`(?!${placeholderStart})${noRequestId}(?:${alternatives.join("|")})`);
}

/**
 * Whether a value is a secret, and not a placeholder or a message (`"password": "Enter your password"`). A plain number or
 * plain words (`grant_type`, `application/json`) are no key or token.
 */
function isSecret(type: string): (value: string) => boolean {
  const isOther =
    type === "SECRET_PASSWORD" ? /^[A-Z][^0-9]* [^0-9]*$/ : /^[0-9.]+$|^(?=.{1,40}$)[A-Za-z]+(?:[-_.:/][A-Za-z]+)*$|\s/;
  return (value) => !isPlaceholder(value) && !isOther.test(value);
}

/**
 * Values of passwords, keys, secrets and tokens in `.env` files, JSON, YAML, Terraform, connection strings, command lines and
 * prose. Only the value is masked, so that a password has the same token everywhere.
 */
export function assignments(): readonly ShapeDetector[] {
  return [...keyRows.map(assigned), environmentKey(), shortPassword(), ...inProse()];
}

function assigned({ type, shortest, keys }: (typeof keyRows)[number]): ShapeDetector {
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

/** `MASK_KEY=...`. The word is so common that it only counts at the end of an environment variable's name. */
function environmentKey(): ShapeDetector {
  return {
    kind: "shape",
    type: "SECRET_API_KEY",
    confidence: "medium",
    triggers: [trigger([upperOrDigit, "_KEY="]), trigger([upperOrDigit, "_SALT="])],
    start: { at: "after", gap: /["']?/y },
    pattern: /(?=[A-Za-z+/=_-]{0,128}[0-9])[A-Za-z0-9+/=_.-]{16,}/y,
    validate: (value) => !isPlaceholder(value),
  };
}

/** `pwd=` and `pass=`. These can also be a directory and a result, so they must touch the value and no other letter. */
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
    start: { at: "after", gap: sticky(String.raw`[ \t]{0,4}(?:${quote})?`) },
    pattern: sticky(String.raw`(?!/)(?:${valuePattern(4).source})`),
    edges: "free",
    validate: isSecret("SECRET_PASSWORD"),
  };
}

/** `The password is hunter2`, `비밀번호는 hunter2입니다`. The value must have something that ordinary words don't have. */
function inProse(): readonly ShapeDetector[] {
  const unusual = String.raw`(?=[\x21-\x7e]{0,64}[0-9!@#$%^&*])[A-Za-z0-9!@#$%^&*+=?~._-]{4,128}(?<![.?])(?![자년월일회개번])`;
  const shared = {
    kind: "shape",
    type: "SECRET_PASSWORD",
    confidence: "medium",
    pattern: sticky(unusual),
    edges: "free",
    validate: (value: string) => !isPlaceholder(value) && !/^[0-9]{1,3}(?:[-.~][0-9]{1,3})?$/.test(value),
  } as const;
  return [
    {
      ...shared,
      triggers: wordTriggers(["password", "passphrase", "passcode"]),
      start: { at: "after", gap: sticky(`(?:is|was|will be)(?: now)?[: ]{1,2}(?:${quote})?`) },
    },
    {
      ...shared,
      triggers: phraseTriggers(["비밀번호", "비번", "암호", "패스워드"]),
      start: { at: "after", gap: sticky(`${particle} {0,2}[:=]? {0,2}(?:${quote})?`) },
    },
  ];
}
