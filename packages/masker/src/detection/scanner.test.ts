import { describe, expect, it } from "vitest";
import { lowerHex } from "../matcher/char-class.ts";
import { repeat, trigger } from "../matcher/trigger.ts";
import type { ShapeDetector } from "./detector.ts";
import { createScanner, type Scanner } from "./scanner.ts";

const id: ShapeDetector = {
  kind: "shape",
  type: "MY_ID",
  triggers: [trigger(["id-", repeat(lowerHex, 2)])],
  start: { at: "trigger" },
  pattern: /id-[0-9a-f]{4}/y,
};

function found(scanner: Scanner, text: string): string[] {
  return scanner.find(text).candidates.map(({ start, end }) => text.slice(start, end));
}

describe("createScanner", () => {
  it("starts over for each text", () => {
    const scanner = createScanner([id]);
    expect(found(scanner, "a long way to id-00ff")).toEqual(["id-00ff"]);
    expect(found(scanner, "id-0001 id-0002")).toEqual(["id-0001", "id-0002"]);
  });

  it("finds everything while a validator scans another text", () => {
    const scanner: Scanner = createScanner([
      {
        ...id,
        validate: (value) => value !== "id-0000" || found(scanner, "id-0003 and id-0004").length === 2,
      },
    ]);
    expect(found(scanner, "id-0001 id-0000 id-0002")).toEqual(["id-0001", "id-0000", "id-0002"]);
  });

  it("can be used again after a validator has thrown", () => {
    let isBroken = true;
    const scanner = createScanner([
      {
        ...id,
        validate: () => {
          if (isBroken) throw new Error("broken");
          return true;
        },
      },
    ]);
    expect(() => found(scanner, "id-0001")).toThrow("broken");
    isBroken = false;
    expect(found(scanner, "id-0001")).toEqual(["id-0001"]);
  });
});
