import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createNumberingLedger, instanceId, type RedisServer, startRedis, type Workload } from "@keyward/test-kit";
import { createBackendFromEnv, createMasker } from "keyward";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkerReport, WorkerTask } from "./numbering-worker.ts";

const workload: Workload = {
  processes: 8,
  ownIds: 100_000,
  sharedIds: 100_000,
  sharedBy: 3,
  idsPerDocument: 500,
};
const atOnce = 2;
const scope = "fleet";
const key = randomBytes(32).toString("base64");

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis({ appendOnly: true });
});
afterAll(() => redis.stop());

function startWorker(process: number): ChildProcess {
  const task: WorkerTask = { process, scope, workload, atOnce };
  return fork(fileURLToPath(new URL("numbering-worker.ts", import.meta.url)), [JSON.stringify(task)], {
    execArgv: [],
    env: { PATH: globalThis.process.env["PATH"], REDIS_URL: redis.url, MASK_KEY: key },
    serialization: "advanced",
  });
}

test("8 processes number 200,000 values without a duplicate, through a killed and restarted server", async () => {
  const ledger = createNumberingLedger();
  const total = workload.ownIds + workload.sharedIds;
  let restart: Promise<void> | undefined;
  let handedOutAtRestart = 0;
  let retries = 0;

  await Promise.all(
    Array.from({ length: workload.processes }, async (_, process) => {
      const worker = startWorker(process);
      worker.on("message", (report: WorkerReport) => {
        for (const [position, index] of report.indexes.entries()) ledger.record(index, report.tokens[position] ?? "");
        retries += report.retries;
        if (restart === undefined && ledger.distinctValues >= total / 2) {
          handedOutAtRestart = ledger.distinctValues;
          restart = redis.restart({ kill: "SIGKILL" });
        }
      });
      const [code] = await once(worker, "exit");
      expect(code).toBe(0);
    }),
  );
  await restart;

  expect(ledger.distinctValues).toBe(total);
  expect({ changed: ledger.changed, duplicates: ledger.duplicates }).toEqual({ changed: 0, duplicates: 0 });
  expect(retries).toBeGreaterThan(0);

  // Nothing that was in flight left a hole: the one there is is the skip at the restart, at least 1,000 and at most twice
  // what the seconds before it handed out.
  const [skip, ...others] = ledger.holes();
  expect(others).toEqual([]);
  const { from, to } = skip ?? { from: 0, to: 0 };
  expect(from).toBeGreaterThan(handedOutAtRestart);
  expect(to - from + 1).toBeGreaterThanOrEqual(1000);
  expect(to - from + 1).toBeLessThanOrEqual(2 * (from - 1));

  const backend = createBackendFromEnv({ REDIS_URL: redis.url });
  const fresh = createMasker({ backend, scope, encryption: { keys: [key] } });
  const entries = [...ledger.tokens()];
  for (let start = 0; start < entries.length; start += 10_000) {
    const some = entries.slice(start, start + 10_000);
    const text = some.map(([, token]) => token).join("\n");
    // Whether the server is quick isn't in question here.
    const restored = await fresh.unmask(text, null, { within: "scope", timeoutMs: 30_000 });
    expect(restored.unresolved).toEqual([]);
    expect(restored.text === some.map(([index]) => instanceId(index)).join("\n")).toBe(true);
  }
  await backend.close();
}, 120_000);
