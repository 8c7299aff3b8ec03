import type { RawReply } from "@keyward/core";

/** How a twin ended, in a form in which both can be compared. */
export type Answer =
  | { readonly kind: "reply"; readonly raw: RawReply }
  /** `code` is the first word, by which Redis clients distinguish errors; `ERR` if there is no code. */
  | { readonly kind: "error"; readonly code: string; readonly message: string }
  /** The code itself is broken. Twins that are both broken don't agree. */
  | { readonly kind: "crash"; readonly message: string };

const brokenTwin = new Set(["TypeError", "RangeError", "ReferenceError", "SyntaxError"]);
const brokenLua =
  /user_script:\d+: .*(attempt to|bad argument #|stack overflow|too many results)|Error compiling script/;

/** What Redis, before version 7, put before the error of a command inside a script. */
const scriptAndLine =
  /^ERR Error running script \(call to f_[0-9a-f]{40}\): @user_script:\d+: (?:@user_script: \d+: -)?/;

export function readAnswer(answer: unknown): Answer {
  if (answer instanceof Error) return readError(answer);
  if (isRawReply(answer)) return { kind: "reply", raw: answer };
  return { kind: "crash", message: `answered ${describe(answer)}, which Redis can't carry` };
}

function readError(error: Error): Answer {
  const { message } = error;
  if (brokenTwin.has(error.name) || brokenLua.test(message)) return { kind: "crash", message };
  const code = /^([A-Z][A-Z0-9_]*)(?: |$)/.exec(message.replace(scriptAndLine, ""))?.[1] ?? "ERR";
  return { kind: "error", code, message };
}

function isRawReply(value: unknown): value is RawReply {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

/** A twin may only answer whole numbers up to 2^53, because Redis truncates fractions and clients round what is larger. */
function isScalar(value: unknown): value is string | number | null {
  return value === null || typeof value === "string" || (Number.isSafeInteger(value) && !Object.is(value, -0));
}

function describe(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(describe).join(", ")}]` : `${typeof value} ${String(value)}`;
}
