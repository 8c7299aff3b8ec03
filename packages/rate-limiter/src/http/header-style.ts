import { ConfigurationError } from "@keyward/core";

/**
 * How headers tell a decision. `"draft-11"` of the IETF's RateLimit fields names every window. The older `"draft-7"`,
 * `"draft-6"` and `"x-ratelimit"` tell only the tightest window. `"none"` sends only `Retry-After`.
 */
export type HeaderStyle = "draft-11" | "draft-7" | "draft-6" | "x-ratelimit" | "none";

const styles: readonly unknown[] = ["draft-11", "draft-7", "draft-6", "x-ratelimit", "none"];

/**
 * One style, or several at once if they have no header in common.
 *
 * @throws {ConfigurationError} naming `field`, for an unknown style and for two drafts at once.
 */
export function resolveHeaderStyles(
  field: string,
  given: HeaderStyle | readonly HeaderStyle[],
): readonly HeaderStyle[] {
  const chosen = typeof given === "string" ? [given] : given;
  if (!Array.isArray(chosen) || chosen.length === 0 || !chosen.every((style) => styles.includes(style))) {
    throw new ConfigurationError(
      field,
      'must be "draft-11", "draft-7", "draft-6", "x-ratelimit" or "none", or a list of them',
    );
  }
  if (chosen.filter((style) => style.startsWith("draft")).length > 1) {
    throw new ConfigurationError(
      field,
      "must name at most one draft, because the drafts give the same headers different meanings",
    );
  }
  return chosen;
}
