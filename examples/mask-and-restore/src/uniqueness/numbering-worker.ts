import { setTimeout as delay } from "node:timers/promises";
import { documentsOfProcess, instanceId, type Workload } from "@keyward/test-kit";
import { createBackendFromEnv, createMasker, KeywardError } from "keyward";

/** What a worker process is told, as JSON in its first argument; the store and the key come by the environment. */
export interface WorkerTask {
  readonly process: number;
  readonly scope: string;
  readonly workload: Workload;
  /** Documents under way at once. */
  readonly atOnce: number;
}

/** What it says of each document. */
export interface WorkerReport {
  /** For `instanceId`. */
  readonly indexes: readonly number[];
  /** The token that each of them got. */
  readonly tokens: readonly string[];
  /** How often it had to try again because the store was away. */
  readonly retries: number;
}

/** A minute's: whoever found the store away several times looks for it again only after half of one. */
const maxTries = 2_400;

async function main(task: WorkerTask): Promise<void> {
  const backend = createBackendFromEnv();
  const encryption = { keys: [process.env["MASK_KEY"] ?? ""] };
  // What is counted here are numbers: a value that can't get one now is tried again.
  const masker = createMasker({ backend, scope: task.scope, encryption, onBackendError: "throw" });
  const documents = documentsOfProcess(task.process, task.workload).values();

  async function work(): Promise<void> {
    for (const indexes of documents) {
      const text = indexes.map(instanceId).join("\n");
      let retries = 0;
      let masked = "";
      for (;;) {
        try {
          masked = (await masker.mask(text)).text;
          break;
        } catch (error) {
          if (!isBackendError(error) || retries === maxTries) throw error;
          retries += 1;
          await delay(25);
        }
      }
      report({ indexes, tokens: masked.split("\n"), retries });
    }
  }

  await Promise.all(Array.from({ length: task.atOnce }, work));
  await backend.close();
}

function isBackendError(error: unknown): boolean {
  return KeywardError.is(error) && error.code.startsWith("BACKEND_");
}

function report(message: WorkerReport): void {
  process.send?.(message);
}

await main(JSON.parse(process.argv[2] ?? "{}"));
process.disconnect?.();
