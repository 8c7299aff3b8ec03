import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cut, cutEverywhere, cutNowhere, cutShifting } from "./cut.ts";

test.each<[string, Cut]>([
  ["cutNowhere", cutNowhere],
  ["cutEverywhere", cutEverywhere],
  ["cutShifting", cutShifting(7)],
])("%s loses nothing and makes no empty piece", (_name, cut) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), fc.nat(20), (answer, requestNumber) => {
      const pieces = cut(answer, requestNumber);
      expect(pieces.join("")).toBe(answer);
      expect(pieces).not.toContain("");
    }),
  );
});

test("an empty answer is cut into no pieces where there is nothing between them", () => {
  expect(cutEverywhere("", 0)).toEqual([]);
  expect(cutShifting(3)("", 1)).toEqual([]);
});

test("as many requests as the size cut every place exactly once", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 2, maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (answer, size) => {
      const cuts = Array.from({ length: size }, (_, requestNumber) =>
        placesOf(cutShifting(size)(answer, requestNumber)),
      );
      const everyPlace = Array.from({ length: answer.length - 1 }, (_, index) => index + 1);
      expect(cuts.flat().sort((left, right) => left - right)).toEqual(everyPlace);
    }),
  );
});

test("a surrogate pair is parted too", () => {
  expect(cutEverywhere("👍", 0)).toEqual(["\ud83d", "\udc4d"]);
});

function placesOf(pieces: readonly string[]): number[] {
  let place = 0;
  return pieces.slice(0, -1).map((piece) => {
    place += piece.length;
    return place;
  });
}
