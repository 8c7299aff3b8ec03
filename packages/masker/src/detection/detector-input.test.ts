import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { aws, network, pii, secrets } from "../detectors/index.ts";
import { digit, hex } from "../matcher/char-class.ts";
import { repeat, trigger } from "../matcher/trigger.ts";
import type { Detector, ShapeDetector } from "./detector.ts";
import { type DetectorInput, resolveDetectors } from "./detector-input.ts";
import { dictionary } from "./dictionary.ts";
import { pattern } from "./pattern.ts";

const ticket = pattern({ type: "CORP_TICKET", pattern: /TICK-\d{4}/, maxLength: 9 });
const customers = dictionary({ type: "CORP_CUSTOMER", terms: ["Contoso"] });
const machine: ShapeDetector = {
  kind: "shape",
  type: "CORP_MACHINE",
  triggers: [trigger(["m-", repeat(hex, 4)])],
  start: { at: "trigger" },
  pattern: /m-[0-9a-f]{4,16}/y,
};

function typesOf(detectors: readonly Detector[]): readonly string[] {
  return detectors.map(({ type }) => type);
}

describe("resolveDetectors", () => {
  it("takes every built-in group by default", () => {
    expect(typesOf(resolveDetectors(undefined))).toEqual(typesOf([aws(), secrets(), pii(), network()].flat()));
  });

  it("takes names, detectors and lists of them in order", () => {
    const korean = pii({ regions: ["kr"] });
    const resolved = resolveDetectors([ticket, ["network", [customers, machine]], korean]);
    expect(typesOf(resolved)).toEqual(typesOf([ticket, ...network(), customers, machine, ...korean]));
    expect(resolveDetectors([])).toEqual([]);
  });

  it("accepts every built-in detector", () => {
    const all = [aws(), secrets(), pii(), network()];
    expect(resolveDetectors(all)).toEqual(all.flat());
  });

  it("makes pattern and dictionary detectors from plain objects, with a copy of the pattern", () => {
    const own = /TICK-\d{4}/y;
    const [made] = resolveDetectors([{ kind: "pattern", type: "CORP_TICKET", pattern: own, maxLength: 9 }]);
    expect(made).toEqual(ticket);
  });

  it("lists the groups if a name isn't one", () => {
    for (const name of ["azure", "toString", "__proto__", ""]) {
      expect(() => resolveDetectors([name as DetectorInput])).toThrow(
        'detectors[0]: is not a group of detectors; the groups are "aws", "secrets", "pii", "network"',
      );
    }
  });

  it.each<[string, unknown]>([
    ["detectors", "aws"],
    ["detectors", ticket],
    ["detectors[0]", [undefined]],
    ["detectors[0]", [null]],
    ["detectors[0]", [42]],
    ["detectors[1]", ["aws", pii]],
    ["detectors[0]", [/TICK-\d{4}/]],
    ["detectors[0]", [{ kind: "regex", type: "CORP_TICKET" }]],
    ["detectors[0][1].pattern", [["aws", { ...ticket, pattern: /(a|a)*b/ }]]],
    ["detectors[0].terms[0]", [{ ...customers, terms: [""] }]],
    ["detectors[0].type", [{ ...machine, type: "machine" }]],
    ["detectors[0].triggers", [{ ...machine, triggers: [] }]],
    ["detectors[0].triggers[0]", [{ ...machine, triggers: ["m-"] }]],
    ["detectors[0].triggers[0]", [{ ...machine, triggers: [trigger([])] }]],
    ["detectors[0].triggers[0]", [{ ...machine, triggers: [trigger(["m-", repeat(hex, 1, 4)])] }]],
    ["detectors[0].triggers[0]", [{ ...machine, triggers: [trigger([repeat(digit, 5_000)])] }]],
    ["detectors[0].triggers[0]", [{ ...machine, triggers: [{ ...trigger("m-"), longest: 9 }] }]],
    ["detectors[0].triggers[0]", [{ ...machine, triggers: [{ ...trigger("m-"), lead: 3 }] }]],
    ["detectors[0].pattern", [{ ...machine, pattern: /m-[0-9a-f]{4,16}/ }]],
    ["detectors[0].pattern", [{ ...machine, pattern: "m-" }]],
    ["detectors[0].start.at", [{ ...machine, start: { at: "end" } }]],
    ["detectors[0].start.at", [{ ...machine, start: undefined }]],
    ["detectors[0].start.gap", [{ ...machine, start: { at: "after", gap: /=/ } }]],
    ["detectors[0].start.of", [{ ...machine, start: { at: "run", of: "0-9", max: 8 } }]],
    ["detectors[0].start.max", [{ ...machine, start: { at: "run", of: hex, max: 0 } }]],
    ["detectors[0].start.tail", [{ ...machine, start: { at: "run", of: hex, max: 8, tail: -1 } }]],
    ["detectors[0].start.ahead", [{ ...machine, start: { at: "run", of: hex, max: 8, ahead: /=/ } }]],
    ["detectors[0].edges", [{ ...machine, edges: "line" }]],
    ["detectors[0].validate", [{ ...machine, validate: /x/ }]],
    ["detectors[0].confidence", [{ ...machine, confidence: "sure" }]],
  ])("names %s if it can't be used", (field, inputs) => {
    const resolve = (): unknown => resolveDetectors(inputs as DetectorInput[]);
    expect(resolve).toThrow(ConfigurationError);
    expect(resolve).toThrow(expect.objectContaining({ field }));
  });

  it("refuses a list that contains itself", () => {
    const list: DetectorInput[] = ["aws"];
    list.push(list);
    expect(() => resolveDetectors(list)).toThrow(ConfigurationError);
  });
});
