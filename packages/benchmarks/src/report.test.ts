import { expect, it } from "vitest";
import { toTableLine } from "./report.ts";

const result = { name: "minute and day on Redis", unit: "checks/s", ours: 33_855, peer: 53_106, ratio: 0.66 };

it("prints columns under one another", () => {
  const lines = ["bare INCR", "rate-limiter-flexible's union"].map((peerName) => toTableLine({ ...result, peerName }));
  expect(lines[0]?.replace(/ {2,}/g, " | ")).toBe(
    "minute and day on Redis | 33855 checks/s | bare INCR 53106 checks/s | x 0.66",
  );
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});

it("keeps them apart however long a name is", () => {
  const line = toTableLine({ ...result, name: "a".repeat(60), peerName: "b".repeat(60) });
  expect(line.split(/ {2,}/)).toEqual(["a".repeat(60), "33855 checks/s", `${"b".repeat(60)} 53106 checks/s`, "x 0.66"]);
});
