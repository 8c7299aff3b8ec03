import { describe, expect, it } from "vitest";
import { aws, network, pii, secrets } from "../../detectors/index.ts";
import { restore } from "../../unmask/restore.ts";
import { createTokenFormat } from "../token-format.ts";
import { createTokenReader } from "../token-reader.ts";
import { isNumbered } from "../token-reference.ts";
import { everydayCode } from "./everyday-code.ts";
import { everydayKorean } from "./everyday-korean.ts";
import { everydayProse } from "./everyday-prose.ts";
import { habitOriginals, modelHabits } from "./model-habits.ts";

const builtInTypes = [...aws(), ...secrets(), ...pii(), ...network()].map((detector) => detector.type);
const format = createTokenFormat();
const reader = createTokenReader(format, builtInTypes);

describe("everyday text", () => {
  const everyday = [...everydayProse, ...everydayKorean, ...everydayCode];

  it("is at least 300 different samples", () => {
    expect(new Set(everyday).size).toBe(everyday.length);
    expect(everyday.length).toBeGreaterThanOrEqual(300);
    expect(everydayKorean.length).toBeGreaterThanOrEqual(75);
  });

  it("stays as it is, even where every number of every built-in type may be restored", () => {
    const changed = everyday.filter(
      (text) => restore(text, reader.read(text), () => ({ original: "LEAK" })).text !== text,
    );
    expect(changed).toEqual([]);
  });

  it("stays as it is in lower case and as one long text", () => {
    for (const text of [everyday.join("\n"), everyday.join("\n").toLowerCase()]) expect(reader.read(text)).toEqual([]);
  });
});

describe("a token in a model's answer", () => {
  it.each(modelHabits.map(({ habit, written, restored }) => [habit, written, restored] as const))(
    "is restored: %s",
    (_, written, restored) => {
      const answer = restore(written, reader.read(written), (token) => {
        const original = habitOriginals.get(
          isNumbered(token) ? format.write(token.type, token.number) : format.writeSealed(token.type, token.seal),
        );
        return original === undefined ? { reason: "not-issued" } : { original };
      });
      expect(answer).toEqual({ text: restored, unresolved: [] });
    },
  );
});
