import type { ShapeDetector } from "../../detection/detector.ts";
import { anyCase, trigger } from "../../matcher/trigger.ts";
import { assignmentGap, keyTriggers } from "../context.ts";
import { isPlaceholder } from "./placeholder.ts";

/** Credentials after `Bearer` and `Basic`, and in an `Authorization` header without a scheme. */
export function authorization(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "SECRET_BEARER_TOKEN",
      priority: 1,
      triggers: [trigger([anyCase("bearer"), " "])],
      start: { at: "after", gap: / ?/y },
      pattern: /(?=[A-Za-z._~+/-]{0,64}[0-9])[A-Za-z0-9._~+/-]{12,4096}={0,2}(?<!\.)/y,
      validate: (value) => !isPlaceholder(value),
    },
    {
      kind: "shape",
      type: "SECRET_BASIC_CREDENTIALS",
      priority: 1,
      triggers: [trigger([anyCase("basic"), " "])],
      start: { at: "after", gap: / ?/y },
      pattern: /[A-Za-z0-9+/]{6,512}={0,2}/y,
      validate: isUserAndPassword,
    },
    {
      kind: "shape",
      type: "SECRET_BEARER_TOKEN",
      confidence: "medium",
      triggers: keyTriggers(["authorization", "x-auth-token", "x-access-token"]),
      start: { at: "after", gap: assignmentGap() },
      pattern: /(?=[A-Za-z._~+/-]{0,64}[0-9])[A-Za-z0-9._~+/-]{16,4096}={0,2}(?<!\.)/y,
      validate: (value) => !isPlaceholder(value),
    },
  ];
}

/** Whether `value` is the base64 of `user:password`, as the scheme requires, and not the next word of a sentence. */
function isUserAndPassword(value: string): boolean {
  if (value.replace(/=+$/, "").length % 4 === 1) return false;
  const decoded = atob(value.replace(/=+$/, ""));
  return decoded.includes(":") && !/[\0-\x08\x0e-\x1f\x7f]/.test(decoded);
}
