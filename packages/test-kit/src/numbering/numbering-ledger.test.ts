import { expect, test } from "vitest";
import { createNumberingLedger } from "./numbering-ledger.ts";

test("the same value with the same token, from many processes, is fine", () => {
  const ledger = createNumberingLedger();
  ledger.record(7, "AWS_EC2_001");
  ledger.record(7, "AWS_EC2_001");
  ledger.record(8, "AWS_EC2_002");
  expect([ledger.changed, ledger.duplicates, ledger.distinctValues]).toEqual([0, 0, 2]);
  expect([...ledger.tokens()]).toEqual([
    [7, "AWS_EC2_001"],
    [8, "AWS_EC2_002"],
  ]);
  expect(ledger.holes()).toEqual([]);
});

test("a value with two tokens and a token with two values are counted", () => {
  const ledger = createNumberingLedger();
  ledger.record(7, "AWS_EC2_001");
  ledger.record(7, "AWS_EC2_002");
  ledger.record(8, "AWS_EC2_001");
  expect([ledger.changed, ledger.duplicates]).toEqual([1, 1]);
});

test("numbers that nobody was given are found as runs", () => {
  const ledger = createNumberingLedger();
  for (const number of [1, 2, 5, 1003]) ledger.record(number, `AWS_EC2_${String(number).padStart(3, "0")}`);
  expect(ledger.holes()).toEqual([
    { from: 3, to: 4 },
    { from: 6, to: 1002 },
  ]);
});

test("a text that is no token is an error, and the error doesn't repeat it", () => {
  const ledger = createNumberingLedger();
  ledger.record(1, "i-0123456789abcdef0");
  expect(() => ledger.holes()).toThrow(/^a value came back without a token$/);
});
