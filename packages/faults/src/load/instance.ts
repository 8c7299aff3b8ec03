import { setTimeout as delay } from "node:timers/promises";
import { withFallback } from "@keyward/core";
import { createMasker, type Masker } from "@keyward/masker";
import { instanceId } from "@keyward/test-kit";
import { documentOf } from "./documents.ts";
import {
  type InstanceMessage,
  type InstanceTask,
  type MaskedDocument,
  openStore,
  type RestoredDocument,
} from "./instance-task.ts";

/** How many documents are under way at once. */
const atOnce = 2;
/** Long enough that eight processes on two processors still answer in time. */
const pauseMs = 40;

/** An instance of an app under load, which masks documents and restores them until it is told to stop. */
async function main({ instance, store, scope, key, fallback }: InstanceTask): Promise<void> {
  const primary = openStore(store);
  const backend = fallback ? withFallback(primary) : primary;
  const options = {
    backend,
    scope,
    encryption: { keys: [key] },
    detectors: ["aws" as const],
    observer: () => undefined,
  };
  const masker = createMasker(options);
  // It remembers next to nothing, so that the store, or the token itself, has to tell.
  const forgetful = createMasker({ ...options, maxCachedValues: 1 });
  let stopping = false;
  process.once("message", () => {
    stopping = true;
  });
  let next = 0;

  async function work(): Promise<void> {
    while (!stopping) {
      const indexes = documentOf(instance, next++);
      const masked = await mask(masker, indexes);
      tell({ kind: "masked", ...masked });
      tell({ kind: "restored", ...(await restore(next % 2 === 0 ? masker : forgetful, masked)) });
      await delay(pauseMs);
    }
  }

  await Promise.all(Array.from({ length: atOnce }, work));
  await backend.close();
  process.disconnect();
}

async function mask(masker: Masker, indexes: readonly number[]): Promise<MaskedDocument> {
  const { text, handle } = await masker.mask(indexes.map(instanceId).join("\n"));
  return { indexes, text, handle };
}

/** Leaves a token that can't be looked up now. One that is restored must be restored to its own original. */
async function restore(masker: Masker, { indexes, text, handle }: MaskedDocument): Promise<RestoredDocument> {
  const tokens = text.split("\n");
  const { text: restored } = await masker.unmask(text, handle, { onBackendError: "leave" });
  const lines = restored.split("\n");
  const isRight = (line: string, place: number) => line === instanceId(indexes[place] as number);
  const right = lines.filter(isRight).length;
  const left = lines.filter((line, place) => !isRight(line, place) && line === tokens[place]).length;
  return { restored: right, left, wronglyRestored: lines.length - right - left };
}

function tell(message: InstanceMessage): void {
  process.send?.(message);
}

await main(JSON.parse(process.argv[2] ?? "{}") as InstanceTask);
