import { describe, expect, it } from "vitest";
import { testTypes } from "./corpus/hostile-text.ts";
import { createStartFinder } from "./start-finder.ts";

const { findStarts } = createStartFinder(testTypes);

describe("createStartFinder", () => {
  it("finds overlapping starts, in either case, from a given place", () => {
    expect([...findStarts("NAWS_EC2 aws-ec2", 0)]).toEqual([0, 1, 9]);
    expect([...findStarts("NAWS_EC2 aws-ec2", 1)]).toEqual([1, 9]);
  });

  it("finds nothing without types", () => {
    expect([...createStartFinder([]).findStarts("AWS_EC2", 0)]).toEqual([]);
  });
});
