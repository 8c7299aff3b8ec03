import { ConfigurationError } from "@keyward/core";

/**
 * How a decision is told in headers: `"draft-11"` of the IETF's RateLimit fields, which names every window; its older shapes `"draft-7"`
 * and `"draft-6"`, and `"x-ratelimit"`, which know the tightest window alone; `"none"` of them, only `Retry-After`.
 */
export type HeaderStyle = "draft-11" | "draft-7" | "draft-6" | "x-ratelimit" | "none";

const styles: readonly unknown[] = ["draft-11", "draft-7", "draft-6", "x-ratelimit", "none"];

/**
 * One style, or several at once where they have no header in common.
 *
 * @throws {ConfigurationError} naming `field`, for a style that there isn't and for two drafts at once.
 */
export function resolveHeaderStyles(
  field: string,
  given: HeaderStyle | readonly HeaderStyle[],
): readonly HeaderStyle[] {
  const chosen = typeof given === "string" ? [given] : given;
  if (!Array.isArray(chosen) || chosen.length === 0 || !chosen.every((style) => styles.includes(style))) {
    throw new ConfigurationError(field, 'takes "draft-11", "draft-7", "draft-6", "x-ratelimit" or "none", or a list');
  }
  if (chosen.filter((style) => style.startsWith("draft")).length > 1) {
    throw new ConfigurationError(
      field,
      "takes one of the drafts only: they have headers of one name and mean different things",
    );
  }
  return chosen;
}
