import { type BackendFailure, failureOfErrorReply } from "@keyward/core";

/** The meaning of one attempt's error. */
export interface RestFailure extends BackendFailure {
  /** Whether trying again within the deadline is pointless, though it may succeed later. */
  readonly isLasting?: boolean;
}

/** A failure of a whole request, shared by all of its commands. It never leaves the package as it is. */
export class RequestFailed extends Error {
  readonly failure: RestFailure;

  constructor(failure: RestFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** Limits of the service, in its own words. Only these are recognised, and nothing of the text is passed on. */
const limits: readonly (readonly [words: RegExp, failure: RestFailure])[] = [
  [
    /\bmax (?:daily |monthly )?requests? limit exceeded/i,
    {
      ...refusal("BACKEND_UNAVAILABLE", "the plan's number of requests is used up", true),
      isLasting: true,
    },
  ],
  [
    /\bmax (?:daily |monthly )?bandwidth limit exceeded/i,
    { ...refusal("BACKEND_UNAVAILABLE", "the plan's bandwidth is used up", true), isLasting: true },
  ],
  [
    /\bmax (?:concurrent connections|commands per second)/i,
    refusal("BACKEND_UNAVAILABLE", "the plan's limit is reached", true),
  ],
  [
    /\b(?:capacity quota|max database size) exceeded/i,
    { ...refusal("BACKEND_FULL", "the plan's storage is full", true), isLasting: true },
  ],
  [/\bmax request size exceeded/i, refusal("BACKEND_REJECTED", "the request is larger than the plan allows", false)],
  [
    /\bmax (?:single )?record size exceeded/i,
    refusal("BACKEND_REJECTED", "a value is larger than the plan allows", false),
  ],
  [/\bmax key size exceeded/i, refusal("BACKEND_REJECTED", "a key is longer than the service allows", false)],
];

/**
 * The meaning of an error in place of one command's result.
 *
 * @param linesBefore how many lines stood before the script's own
 */
export function failureOfAnswer(text: string, isScript: boolean, linesBefore: number): RestFailure {
  const limit = limitFailure(text);
  // Inside a script, the commands before it have taken effect.
  if (limit) return isScript && /\buser_script\b/.test(text) ? { ...limit, outcome: "unknown" } : limit;
  return failureOfErrorReply(text, isScript, linesBefore);
}

/** The meaning of a status other than 2xx for everything in the request. */
export function failureOfStatus(status: number, text: string): RestFailure {
  const limit = limitFailure(text);
  if (limit) return limit;
  const answered = `the server answered with status ${status}`;
  if (status === 401 || status === 403) return refusal("BACKEND_REJECTED", `${answered}; check the token`, false);
  if (status === 413) return refusal("BACKEND_REJECTED", "the request is larger than the server accepts", false);
  if (status === 429) return refusal("BACKEND_UNAVAILABLE", answered, true);
  // It may come from a gateway that has passed the request on.
  if (status >= 500 || status === 408) return { ...refusal("BACKEND_UNAVAILABLE", answered, true), outcome: "unknown" };
  return refusal("BACKEND_REJECTED", `${answered}; check the url`, false);
}

/** A response that doesn't follow the protocol. */
export function invalidReply(what: string): RestFailure {
  return {
    code: "BACKEND_REPLY_INVALID",
    outcome: "unknown",
    retryable: false,
    reason: `the server answered with ${what}`,
  };
}

function limitFailure(text: string): RestFailure | undefined {
  return limits.find(([words]) => words.test(text))?.[1];
}

function refusal(code: RestFailure["code"], reason: string, retryable: boolean): RestFailure {
  return { code, outcome: "not-applied", retryable, reason };
}
