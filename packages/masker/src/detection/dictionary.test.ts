import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { dictionary } from "./dictionary.ts";

const options = { type: "CORP_CUSTOMER", terms: ["Contoso", "Fabrikam"] };

describe("dictionary", () => {
  it("makes a detector with all defaults filled in and each term once", () => {
    expect(dictionary({ ...options, terms: new Set(["Contoso", "Fabrikam"]) })).toEqual(dictionary(options));
    expect(dictionary({ ...options, terms: ["Contoso", "Fabrikam", "Contoso"] })).toEqual({
      kind: "terms",
      type: "CORP_CUSTOMER",
      terms: ["Contoso", "Fabrikam"],
      case: "sensitive",
      priority: 0,
      confidence: "high",
    });
  });

  it("accepts an empty list, which finds nothing", () => {
    expect(dictionary({ ...options, terms: [] }).terms).toEqual([]);
  });

  it.each<[string, object]>([
    ["type", { type: "CUSTOMER" }],
    ["terms", { terms: "Contoso" }],
    ["terms", { terms: undefined }],
    ["terms", { terms: null }],
    ["terms[1]", { terms: ["Contoso", ""] }],
    ["terms[0]", { terms: [" \n"] }],
    ["terms[0]", { terms: [42] }],
    ["terms[0]", { terms: ["a".repeat(1_025)] }],
    ["case", { case: "lower" }],
    ["priority", { priority: "1" }],
    ["confidence", { confidence: 1 }],
  ])("names %s if it can't be used", (field, change) => {
    const make = (): unknown => dictionary({ ...options, ...change });
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(expect.objectContaining({ field }));
  });

  it("refuses more terms and characters than an automaton should hold", () => {
    const terms = Array.from({ length: 100_001 }, (_, index) => `t${index}`);
    expect(dictionary({ ...options, terms: terms.slice(1) }).terms).toHaveLength(100_000);
    expect(() => dictionary({ ...options, terms })).toThrow(/at most 100000 terms/);
    const long = Array.from({ length: 1_000 }, (_, index) => String(index).padEnd(1_001, "x"));
    expect(() => dictionary({ ...options, terms: long })).toThrow(ConfigurationError);
  });

  it("repeats no term in a message", () => {
    expect(() => dictionary({ ...options, terms: ["Contoso".repeat(200)] })).toThrow(/^(?!.*Contoso)/);
  });
});
