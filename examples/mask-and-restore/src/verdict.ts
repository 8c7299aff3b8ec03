import type { Conversation } from "./conversation.ts";

/** What went wrong in a conversation, in words that hold no original; nothing, if all is well. */
export function problemsOf(conversation: Conversation, listed: readonly string[]): string[] {
  const { maskedText, originals, answer, restored } = conversation;
  const masked = new Set(originals.values());
  const missed = listed.filter((value) => !masked.has(value)).length;
  const leaked = [...masked, ...listed].filter((value) => maskedText.includes(value)).length;
  const problems: string[] = [];
  if (missed > 0) problems.push(`${missed} listed value(s) were not found`);
  if (leaked > 0) problems.push(`${leaked} original(s) were left in the masked text`);
  if (restored !== withOriginals(answer, originals)) problems.push("the answer was not restored exactly");
  return problems;
}

/** What the answer has to become: a plain search over the whole of it, nothing of the masker's own reading. */
function withOriginals(answer: string, originals: ReadonlyMap<string, string>): string {
  return answer.replace(/[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/g, (word) => originals.get(word) ?? word);
}
