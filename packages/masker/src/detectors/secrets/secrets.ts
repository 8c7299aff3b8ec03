import type { Detector } from "../../detection/detector.ts";
import { assignments } from "./assignments.ts";
import { authorization } from "./authorization.ts";
import { jsonWebTokens } from "./json-web-tokens.ts";
import { locatedTokens } from "./located-tokens.ts";
import { privateKeys } from "./private-keys.ts";
import { providerTokens } from "./provider-tokens.ts";
import { urlPasswords } from "./url-passwords.ts";

/** Finds keys, tokens and passwords by the mark of their issuer or by the name that they are assigned to. */
export function secrets(): readonly Detector[] {
  return [
    ...providerTokens(),
    ...locatedTokens(),
    ...jsonWebTokens(),
    ...privateKeys(),
    ...urlPasswords(),
    ...authorization(),
    ...assignments(),
  ];
}
