import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { expected } from "../features/expected.ts";
import { features } from "../features/features.ts";
import { restFaults } from "../staging/rest-faults.ts";
import { tcpFaults } from "../staging/tcp-faults.ts";
import { columns, faultsTable } from "./faults-table.ts";

const root = new URL("../../../../", import.meta.url);
const page = readFileSync(new URL("docs/faults.md", root), "utf8");
const sorted = (names: Iterable<string>) => [...names].sort();

describe("docs/faults.md", () => {
  it.each([
    ["TCP", tcpFaults],
    ["REST", restFaults],
  ])("has the table of what the tests hold the features to over %s", (_name, faults) => {
    expect(page).toContain(`\n\n${faultsTable(faults)}\n`);
  });

  it("leaves out no fault and no feature", () => {
    expect(sorted(Object.keys(expected))).toEqual(sorted([...tcpFaults, ...restFaults].map(({ name }) => name)));
    expect(sorted(Object.values(columns).flat())).toEqual(sorted(features.map(({ name }) => name)));
  });

  it("names every file of fault tests, and only files that there are", () => {
    const folder = fileURLToPath(new URL("packages/faults/src/", root));
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".faults.test.ts"))
      .map((path) => `../packages/faults/src/${path}`);
    const linked = [...page.matchAll(/\]\((\.\.\/packages\/faults\/src\/[^)]+)\)/g)].map(([, path = ""]) => path);
    expect(sorted(new Set(linked))).toEqual(sorted(files));
  });

  it("quotes the titles of tests as they are", () => {
    const quoted = [...page.matchAll(/"([^"|]+)" in \[[^\]]+\]\(([^)]+)\)/g)];
    expect(quoted.length).toBeGreaterThan(10);
    for (const [, title = "", path = ""] of quoted) {
      expect(readFileSync(new URL(path, new URL("docs/", root)), "utf8")).toContain(`"${title}"`);
    }
  });
});
