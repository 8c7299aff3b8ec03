import { describe, expect, it } from "vitest";
import { findCycles } from "./find-cycles.ts";

describe("findCycles", () => {
  it("finds none where every arrow runs one way, shared targets included", () => {
    const graph = new Map([
      ["a", ["b", "c"]],
      ["b", ["d"]],
      ["c", ["d"]],
      ["d", []],
    ]);
    expect(findCycles(graph)).toEqual([]);
  });

  it("names the nodes on a cycle in order, without those that only lead to it", () => {
    const graph = new Map([
      ["start", ["a"]],
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a"]],
    ]);
    expect(findCycles(graph)).toEqual([["a", "b", "c", "a"]]);
  });

  it("finds a node's arrow to itself", () => {
    expect(findCycles(new Map([["a", ["a"]]]))).toEqual([["a", "a"]]);
  });

  it("ignores arrows that leave the graph", () => {
    expect(findCycles(new Map([["a", ["elsewhere"]]]))).toEqual([]);
  });
});
