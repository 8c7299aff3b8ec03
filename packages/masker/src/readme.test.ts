import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { aws, createMasker, type Detector, type MaskerOptions, network, pii, secrets } from "./index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The table of types that the README should contain. */
function tableOfTypes(groups: Readonly<Record<string, readonly Detector[]>>): string {
  const rows = Object.entries(groups).map(([name, detectors]) => {
    const types = new Set(detectors.map(({ type }) => `\`${type}\``));
    return `| \`${name}\` | ${[...types].join(" ")} |\n`;
  });
  return `| group | types |\n|---|---|\n${rows.join("")}`;
}

/** The code spans in the first cell of every row whose second cell is `outcome`. */
function spellings(outcome: string): readonly string[] {
  const rows = [...readme.matchAll(/^\| (.+) \| (.+) \|$/gm)].filter(([, , second]) => second === outcome);
  return rows.flatMap(([, first = ""]) => [...first.matchAll(/`([^`]+)`/g)].map(([, spelling = ""]) => spelling));
}

describe("README.md", () => {
  it("lists the types that the groups find", () => {
    const table = /<!-- types:[^>]*-->\n\n(.*)<!-- end of types -->/s.exec(readme)?.[1];
    expect(table).toBe(tableOfTypes({ aws: aws(), secrets: secrets(), pii: pii(), network: network() }));
  });

  it.each(spellings("restored"))("is right that %s is restored", async (answer) => {
    const masker = createMasker();
    const masked = await masker.mask("i-1234567890abcdef0");
    const { text, unresolved } = await masker.unmask(answer, masked);
    expect(text).toContain("i-1234567890abcdef0");
    expect(unresolved).toEqual([]);
  });

  it.each(spellings("left alone"))("is right that %s is left alone", async (answer) => {
    const masker = createMasker();
    const masked = await masker.mask("i-1234567890abcdef0");
    expect(await masker.unmask(answer, masked)).toEqual({ text: answer, unresolved: [] });
  });

  it("has enough rows to check", () => {
    expect(Math.min(spellings("restored").length, spellings("left alone").length)).toBeGreaterThan(5);
  });

  it("replaces a key in steps of which any two neighbours agree on every token", async () => {
    const keys: Readonly<Record<string, Uint8Array>> = { old: randomBytes(32), new: randomBytes(32) };
    const steps = [...readme.matchAll(/^\| \d \| `\[(.*)\]` \| (.*) \|$/gm)].map(([, names = "", then = ""]) => ({
      keys: names.split(", ").map((name) => keys[name]),
      reindexes: /then.*reindex/.test(then),
    }));
    expect(steps.map(({ reindexes }) => reindexes)).toEqual([true, true, false]);

    const backend = createMemoryBackend();
    // A new instance each time, because the local cache would hide what the store has.
    const instance = (list: readonly (Uint8Array | undefined)[]) =>
      createMasker({ backend, encryption: { keys: list } });
    const first = await instance([keys["old"]]).mask("10.0.0.0");
    const masked = [{ text: "10.0.0.0", token: first.text }];
    let before = [keys["old"]];
    for (const { keys: after, reindexes } of steps) {
      for (const [one, other] of [[before, after] as const, [after, before] as const]) {
        const text = `10.0.0.${masked.length}`;
        const written = await instance(one).mask(text);
        expect((await instance(other).mask(text)).text).toBe(written.text);
        expect((await instance(other).unmask(written.text, written)).text).toBe(text);
        masked.push({ text, token: written.text });
      }
      if (reindexes) expect(await instance(after).reindex()).toMatchObject({ complete: true, unreadable: 0 });
      before = after;
    }
    for (const { text, token } of masked) {
      const again = await instance(before).mask(text);
      expect(again.text).toBe(token);
      expect((await instance(before).unmask(token, again)).text).toBe(text);
    }
  });

  it("lists every option", () => {
    const refuse = () => createMasker({ nonsense: true } as MaskerOptions);
    const options = /the options are (.*)$/.exec(messageOf(refuse))?.[1]?.split(", ") ?? [];
    expect(options).toContain("observer");
    const listed = [...readme.matchAll(/^\| `(\w+)` \|.*\|.*\|$/gm)].map(([, option]) => option);
    expect(listed).toEqual(options);
  });
});

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "";
}
