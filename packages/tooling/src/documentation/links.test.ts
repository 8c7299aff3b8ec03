import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workspaceRoot } from "../workspace/read-workspace.ts";
import { brokenLinks, headingAnchors } from "./links.ts";
import { readDocuments } from "./read-documents.ts";

const documents = readDocuments();

describe("headingAnchors", () => {
  it("are what GitHub makes of headings", () => {
    const text = "# Rate limits, over HTTP\n```sh\n# a comment\n```\n## `BACKEND_FULL`\n## Again\n## Again\n";
    expect(headingAnchors(text)).toEqual(["rate-limits-over-http", "backend_full", "again", "again-1"]);
  });
});

describe("brokenLinks", () => {
  const page = (text: string) => ({ path: "docs/page.md", text });
  const other = { path: "packages/a/README.md", text: "# A\n## Its options\n" };
  const exists = (path: string) => ["docs/page.md", "packages/a", "packages/a/README.md"].includes(path);

  it("takes files, folders, headings and the web", () => {
    const text =
      "# Own\n[a](../packages/a) [b](../packages/a/README.md#a) [over\nlines](../packages/a#its-options)\n[c](#own) [d](https://a.example)";
    expect(brokenLinks(page(text), [page(text), other], exists)).toEqual([]);
  });

  it("finds files and headings that aren't there, and reads no code", () => {
    const text = "[a](../packages/b) [b](../packages/a#options) [c](#other) `[d](e.md)`\n```ts\nx[f](g)\n```\n";
    expect(brokenLinks(page(text), [page(text), other], exists)).toEqual([
      "docs/page.md: ../packages/b",
      "docs/page.md: ../packages/a#options",
      "docs/page.md: #other",
    ]);
  });
});

describe("the links in the documents", () => {
  it("lead somewhere", () => {
    const exists = (path: string) => existsSync(join(workspaceRoot, path));
    expect(documents.length).toBeGreaterThan(20);
    expect(documents.flatMap((document) => brokenLinks(document, documents, exists))).toEqual([]);
  });
});
