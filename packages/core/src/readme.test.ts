import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const sources = fileURLToPath(new URL("./index.ts", import.meta.url));
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);

describe("README.md", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keyward-readme-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("has examples", () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)("prints what its comments say: %#", async (code) => {
    const printed: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((value) => void printed.push(JSON.stringify(value)));
    const file = join(folder, "example.ts");
    writeFileSync(file, code.replace('"@keyward/core"', JSON.stringify(sources)));
    try {
      await import(file);
    } finally {
      log.mockRestore();
    }
    const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].flatMap(([, values = ""]) =>
      values.split(", "),
    );
    expect(printed).toEqual(promised);
  });
});
