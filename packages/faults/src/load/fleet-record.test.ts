import { instanceId } from "@keyward/test-kit";
import { expect, test } from "vitest";
import { createFleetRecord } from "./fleet-record.ts";

const clean = { duplicates: 0, unmasked: 0, wronglyRestored: 0, broken: 0 };
const document = (indexes: readonly number[], tokens: readonly string[]) => {
  return { indexes, text: tokens.join("\n"), handle: "" };
};

test("a value may have a number and a sealed token beside it", () => {
  const record = createFleetRecord();
  record.addMasked(document([1, 2], ["AWS_EC2_001", "AWS_EC2_002"]));
  record.addMasked(document([1, 3], ["AWS_EC2_XAB", "AWS_EC2_XCD"]));
  expect(record.violations).toEqual(clean);
  expect([record.changed, record.numbered, record.sealed]).toEqual([0, 2, 2]);
});

test("a token of two values, a value left as it was and one restored to another are violations", () => {
  const record = createFleetRecord();
  record.addMasked(document([1, 2], ["AWS_EC2_001", "AWS_EC2_001"]));
  record.addMasked(document([3, 4], ["AWS_EC2_XAB", "AWS_EC2_XAB"]));
  record.addMasked(document([5], [instanceId(5)]));
  record.addRestored({ restored: 1, wronglyRestored: 2, left: 0 });
  record.addBroken();
  expect(record.violations).toEqual({ duplicates: 2, unmasked: 2, wronglyRestored: 2, broken: 1 });
});

test("a value whose token changes is told apart from a violation, as a store may lose what it has confirmed", () => {
  const record = createFleetRecord();
  record.addMasked(document([1], ["AWS_EC2_001"]));
  record.addMasked(document([1], ["AWS_EC2_1002"]));
  expect([record.changed, record.violations]).toEqual([1, clean]);
});
