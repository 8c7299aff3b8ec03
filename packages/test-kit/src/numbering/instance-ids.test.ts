import { expect, test } from "vitest";
import { documentsOfProcess, instanceId, type Workload } from "./instance-ids.ts";

const workload: Workload = { processes: 3, ownIds: 10, sharedIds: 9, sharedBy: 2, idsPerDocument: 5 };

test("an index has the shape of an instance id, and no two indexes share one", () => {
  const ids = Array.from({ length: 2000 }, (_, index) => instanceId(index));
  expect(new Set(ids).size).toBe(2000);
  for (const id of ids) expect(id).toMatch(/^i-[0-9a-f]{17}$/);
});

test("as many processes as asked see each shared id, and each of the others is seen by one", () => {
  const times = new Map<number, number>();
  for (const process of [0, 1, 2]) {
    const indexes = documentsOfProcess(process, workload).flat();
    expect(new Set(indexes).size).toBe(indexes.length);
    for (const index of indexes) times.set(index, (times.get(index) ?? 0) + 1);
  }
  const expected = Array.from({ length: 19 }, (_, index) => [index, index < 9 ? 2 : 1]);
  expect([...times].sort(([left], [right]) => left - right)).toEqual(expected);
});

test("documents are of the asked size, and the processes' orders differ", () => {
  const [first, second] = [documentsOfProcess(0, workload), documentsOfProcess(1, workload)];
  expect(first.map((document) => document.length)).toEqual([5, 5]);
  expect(first[0]).not.toEqual(second[0]);
});
