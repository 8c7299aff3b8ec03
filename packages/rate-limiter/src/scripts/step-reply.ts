import type { RawReply } from "@keyward/core";

/** `"unreadable"`: something else, or a newer version, wrote to the caller's key. It was left untouched. */
export type StepReply = "done" | "gone" | "unreadable";

const replies = new Map<unknown, StepReply>([
  [1, "done"],
  [0, "gone"],
  [3, "unreadable"],
]);

export function readStepReply(raw: RawReply): StepReply {
  const reply = replies.get(Array.isArray(raw) ? raw[0] : raw);
  if (reply === undefined) throw new TypeError("no status that the script answers");
  return reply;
}
