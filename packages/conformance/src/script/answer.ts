import type { RawReply } from "@keyward/core";

/** How a twin ended, in the form in which both can be compared. */
export type Answer =
  | { readonly kind: "reply"; readonly raw: RawReply }
  /** `code` is the first word, as Redis clients tell errors apart; `ERR` stands for all that have none of their own. */
  | { readonly kind: "error"; readonly code: string; readonly message: string }
  /** The code itself broke: no two twins agree by both being broken. */
  | { readonly kind: "crash"; readonly message: string };

const brokenTwin = new Set(["TypeError", "RangeError", "ReferenceError", "SyntaxError"]);
const brokenLua =
  /user_script:\d+: .*(attempt to|bad argument #|stack overflow|too many results)|Error compiling script/;

export function readAnswer(answer: unknown): Answer {
  if (answer instanceof Error) return readError(answer);
  if (isRawReply(answer)) return { kind: "reply", raw: answer };
  return { kind: "crash", message: `answered ${describe(answer)}, which Redis can't carry` };
}

function readError(error: Error): Answer {
  const { message } = error;
  if (brokenTwin.has(error.name) || brokenLua.test(message)) return { kind: "crash", message };
  const code = /^([A-Z][A-Z0-9_]*)(?: |$)/.exec(message)?.[1] ?? "ERR";
  return { kind: "error", code, message };
}

function isRawReply(value: unknown): value is RawReply {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

/** Redis truncates what isn't whole, and clients round what is beyond 2^53: a twin may answer neither. */
function isScalar(value: unknown): value is string | number | null {
  return value === null || typeof value === "string" || (Number.isSafeInteger(value) && !Object.is(value, -0));
}

function describe(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(describe).join(", ")}]` : `${typeof value} ${String(value)}`;
}
