import { expect, test } from "vitest";
import { documentsOfProcess, instanceId, type Workload } from "./instance-ids.ts";

const workload: Workload = { processes: 3, ownIds: 10, sharedIds: 8, idsPerDocument: 5 };

test("an index has the shape of an instance id, and no two indexes share one", () => {
  const ids = Array.from({ length: 2000 }, (_, index) => instanceId(index));
  expect(new Set(ids).size).toBe(2000);
  for (const id of ids) expect(id).toMatch(/^i-[0-9a-f]{17}$/);
});

test("every process sees the shared ids, and each of the others is seen by one", () => {
  const seen = [0, 1, 2].map((process) => documentsOfProcess(process, workload).flat());
  for (const indexes of seen) {
    expect(new Set(indexes).size).toBe(indexes.length);
    expect(indexes.filter((index) => index < 8)).toHaveLength(8);
  }
  const own = seen.flatMap((indexes) => indexes.filter((index) => index >= 8)).sort((left, right) => left - right);
  expect(own).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
});

test("documents are of the asked size, and the processes' orders differ", () => {
  const [first, second] = [documentsOfProcess(0, workload), documentsOfProcess(1, workload)];
  expect(first.map((document) => document.length)).toEqual([5, 5, 2]);
  expect(first[0]).not.toEqual(second[0]);
});
