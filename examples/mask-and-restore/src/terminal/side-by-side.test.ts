import { expect, test } from "vitest";
import { createSideBySide } from "./side-by-side.ts";

function recorded() {
  const lines: string[] = [];
  const sides = createSideBySide({
    width: 23,
    print: (line) => lines.push(line),
    paintLeft: (line) => line,
    paintRight: (line) => line,
    seam: "·",
  });
  return { lines, sides };
}

test("a line is printed once both its halves are complete", () => {
  const { lines, sides } = recorded();
  sides.left("AWS_");
  sides.left("EC2\nne");
  expect(lines).toEqual([]);
  sides.right("i-0a1b\nnext");
  expect(lines).toEqual(["AWS_·EC2   │ i-0a1b"]);
  sides.left("xt");
  sides.end();
  expect(lines).toEqual(["AWS_·EC2   │ i-0a1b", "ne·xt      │ next"]);
});

test("a side with more lines is printed to its end", () => {
  const { lines, sides } = recorded();
  sides.left("one");
  sides.right("1\n2\n");
  sides.end();
  expect(lines).toEqual(["one        │ 1", "           │ 2", "           │"]);
});

test("a long line is wrapped beside the other one", () => {
  const { lines, sides } = recorded();
  sides.left("AWS_EC2_001\n");
  sides.right("i-0a1b2c3d4e5f\n");
  expect(lines).toEqual(["AWS_EC2_00 │ i-0a1b2c3d", "1          │ 4e5f"]);
});
