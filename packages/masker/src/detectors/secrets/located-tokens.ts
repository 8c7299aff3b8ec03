import type { ShapeDetector } from "../../detection/detector.ts";
import { alphanumeric, charClass, digit, lowerHex } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { atWordStart } from "../word-start.ts";

const nothing = /(?:)/y;
const base64urlUnit = charClass("A-Za-z0-9_-");

/** Tokens that are recognised by their surroundings, or by a mark in the middle or at the end. */
export function locatedTokens(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "SECRET_SLACK_WEBHOOK",
      triggers: [trigger("hooks.slack.com/")],
      start: { at: "after", gap: nothing },
      pattern: /(?:services|workflows|triggers)\/[A-Za-z0-9]{5,20}\/[A-Za-z0-9]{5,24}\/[A-Za-z0-9/]{10,80}/y,
    },
    {
      kind: "shape",
      type: "SECRET_DISCORD_WEBHOOK",
      triggers: [trigger("/api/webhooks/")],
      start: { at: "after", gap: nothing },
      pattern: /\d{17,20}\/[A-Za-z0-9_-]{60,80}/y,
    },
    {
      kind: "shape",
      type: "SECRET_DISCORD_TOKEN",
      triggers: atWordStart(charClass("MNO"), repeat(base64urlUnit, 22)),
      start: { at: "trigger" },
      pattern: /[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}/y,
    },
    {
      kind: "shape",
      type: "SECRET_TWILIO_KEY",
      triggers: ["SK", "AC"].flatMap((prefix) => atWordStart(prefix, repeat(lowerHex, 8))),
      start: { at: "trigger" },
      pattern: /(?:SK|AC)[0-9a-f]{32}/y,
    },
    {
      kind: "shape",
      type: "SECRET_AIRTABLE_TOKEN",
      triggers: atWordStart("pat", repeat(alphanumeric, 14), ".", lowerHex),
      start: { at: "trigger" },
      pattern: /pat[A-Za-z0-9]{14}\.[0-9a-f]{64}/y,
    },
    {
      kind: "shape",
      type: "SECRET_TELEGRAM_TOKEN",
      triggers: [trigger([repeat(digit, 4), ":AA", repeat(base64urlUnit, 2)])],
      start: { at: "run", of: charClass("0-9:A"), max: 20 },
      pattern: /\d{8,10}:AA[A-Za-z0-9_-]{32,34}/y,
    },
    {
      kind: "shape",
      type: "SECRET_MAILCHIMP_KEY",
      triggers: [trigger([repeat(lowerHex, 4), "-us", digit])],
      start: { at: "run", of: charClass("0-9a-fus-"), max: 38 },
      pattern: /[0-9a-f]{32}-us\d{1,2}/y,
    },
    {
      kind: "shape",
      type: "SECRET_TERRAFORM_TOKEN",
      triggers: [trigger(".atlasv1.")],
      start: { at: "run", of: charClass("A-Za-z0-9.-"), max: 30 },
      pattern: /[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}/y,
    },
    {
      kind: "shape",
      type: "SECRET_AZURE_KEY",
      priority: 3,
      triggers: [trigger("AccountKey="), trigger("SharedAccessKey=")],
      start: { at: "after", gap: nothing },
      pattern: /[A-Za-z0-9+/]{42,90}={0,2}/y,
    },
    {
      kind: "shape",
      type: "SECRET_AZURE_SIGNATURE",
      triggers: [trigger("&sig="), trigger("?sig=")],
      start: { at: "after", gap: nothing },
      pattern: /[A-Za-z0-9%+/]{40,120}={0,2}/y,
    },
    {
      kind: "shape",
      type: "SECRET_AZURE_CLIENT_SECRET",
      triggers: [trigger([repeat(alphanumeric, 3), digit, "Q~"])],
      start: { at: "run", of: charClass("A-Za-z0-9_.~-"), max: 12 },
      pattern: /[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}/y,
    },
    {
      kind: "shape",
      type: "SECRET_PASSWORD_HASH",
      triggers: ["$2a$", "$2b$", "$2y$"].map((prefix) => trigger([prefix, repeat(digit, 2), "$"])),
      start: { at: "trigger" },
      pattern: /\$2[aby]\$\d\d\$[A-Za-z0-9./]{53}/y,
    },
    {
      kind: "shape",
      type: "SECRET_PASSWORD_HASH",
      triggers: [...["$argon2", "$pbkdf2", "$scrypt"].map((prefix) => trigger(prefix))],
      start: { at: "trigger" },
      pattern: /\$(?:argon2|pbkdf2|scrypt)[a-z0-9-]{0,10}\$[A-Za-z0-9+/=.,_$-]{20,}/y,
    },
    {
      // The bootstrap token of a Kubernetes node is only found after kubeadm's flag.
      kind: "shape",
      type: "SECRET_KUBERNETES_TOKEN",
      triggers: atWordStart("--token "),
      start: { at: "after", gap: nothing },
      pattern: /[a-z0-9]{6}\.[a-z0-9]{16}/y,
    },
  ];
}
