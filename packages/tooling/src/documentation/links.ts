import { posix } from "node:path";
import type { Document } from "./read-documents.ts";

/**
 * Links of a document that lead nowhere in the workspace, as `docs/errors.md: target`: to a file that isn't there, or to a heading
 * that a document doesn't have. Addresses of the web are left alone.
 *
 * @param documents every document that links may name a heading of
 * @param exists whether there is a file or folder of this path, relative to the workspace
 */
export function brokenLinks(
  { path, text }: Document,
  documents: readonly Document[],
  exists: (path: string) => boolean,
): readonly string[] {
  const targets = [...prose(text).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(target))
    .map((target) => `${path}: ${target}`);

  function leadsSomewhere(target: string): boolean {
    const [file = "", fragment] = target.split("#");
    const named = file === "" ? path : posix.normalize(posix.join(posix.dirname(path), file)).replace(/\/$/, "");
    if (!exists(named)) return false;
    if (fragment === undefined) return true;
    const page = documents.find((document) => document.path === named || document.path === `${named}/README.md`);
    return page !== undefined && headingAnchors(page.text).includes(fragment);
  }
}

/** What each heading of a document can be linked by, as GitHub makes it. */
export function headingAnchors(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...prose(text, /```.*?```/gs).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => {
    const anchor = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

/** The text without its code, where brackets mean something else. */
function prose(text: string, code = /```.*?```|`[^`\n]*`/gs): string {
  return text.replace(code, "");
}
