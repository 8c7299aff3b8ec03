import { randomBytes } from "node:crypto";
import { type KeyValueBackend, withFallback } from "@keyward/core";
import { createMasker, type Masker } from "@keyward/masker";
import { instanceId, until } from "@keyward/test-kit";
import { expect } from "vitest";
import { type Fleet, startFleet } from "./fleet.ts";
import { sealedToken } from "./fleet-record.ts";
import { openStore, type StoreAddress } from "./instance-task.ts";

/** What happens to a store while a fleet works on it. */
export interface LoadedFault {
  happen(): Promise<void> | void;
  /** Ends it; resolves when the store may take writes again. */
  mend(): Promise<void> | void;
  /**
   * Whether the store comes back with nothing: then it numbers anew from 1, and tokens from before, which may look the
   * same, are restored no more.
   *
   * @default false
   */
  readonly forgets?: boolean;
}

/** What happened to everything that the fleet masked around one fault. */
export interface LoadReport {
  /** Tokens that a fresh instance can't restore with the store back; it says so of each. */
  readonly lost: number;
  /** Values whose number is another one than before. */
  readonly changed: number;
  /** Values that got a sealed token. */
  readonly sealed: number;
}

/** A store with a fleet that masks and restores on it without pause. */
export interface LoadedStore {
  /** How many values have a number by now. */
  readonly numbered: number;
  /** How many values have a sealed token. */
  readonly sealed: number;
  /**
   * Lets the fault happen while the fleet works, and kills one of the instances at that moment. When it is over fresh ones
   * join, and what was masked meanwhile is restored by an instance that knows nothing.
   *
   * Holds the fleet to what no fault may break: no value is left unmasked, no token belongs to two values (unless the store
   * forgets), nothing is restored to another original, and every sealed token is restored without the store. What else may be expected
   * depends on what the fault takes.
   */
  meet(fault: LoadedFault): Promise<LoadReport>;
  stop(): Promise<void>;
}

const scope = "fleet";
/** How many documents are masked before, during and after a fault. */
const share = 40;
const patient = { timeoutMs: 60_000 };
/** For a test that meets a fault, in milliseconds. Long, since a busy machine may be slow; but nothing may hang. */
export const meetingMs = 180_000;

export async function loadStore(store: StoreAddress, instances: number): Promise<LoadedStore> {
  const key = randomBytes(32).toString("base64");
  const fleet = startFleet({ store, scope, key });
  const { record } = fleet;
  await fleet.join(instances);

  return {
    get numbered() {
      return record.numbered;
    },
    get sealed() {
      return record.sealed;
    },
    async meet({ happen, mend, forgets = false }) {
      const before = { documents: record.documents.length, changed: record.changed, sealed: record.sealed };
      await untilMore(fleet);
      fleet.killOne();
      await happen();
      await untilMore(fleet);
      await mend();
      await fleet.join(1);
      const { numbered } = record;
      await untilMore(fleet);
      await until("values are numbered again", () => record.numbered > numbered, patient);

      const { duplicates, ...others } = record.violations;
      expect(others).toEqual({ unmasked: 0, wronglyRestored: 0, broken: 0 });
      if (!forgets) expect(duplicates).toBe(0);
      const documents = record.documents.slice(before.documents);
      const backend = openStore(store);
      const off = withFallback("off");
      const lost = await restoreAll(maskerOn(backend, key), documents);
      await restoreSealed(maskerOn(off, key), documents);
      await Promise.all([backend.close(), off.close()]);
      return { lost, changed: record.changed - before.changed, sealed: record.sealed - before.sealed };
    },
    stop: () => fleet.stop(),
  };
}

async function untilMore({ record }: Fleet): Promise<void> {
  const enough = record.documents.length + share;
  await until("the fleet has masked more", () => record.documents.length >= enough, patient);
}

const maskerOn = (backend: KeyValueBackend, key: string): Masker =>
  createMasker({ backend, scope, encryption: { keys: [key] }, detectors: ["aws"], observer: () => undefined });

type Documents = Fleet["record"]["documents"];

/** @returns how many tokens are reported as not issued */
async function restoreAll(masker: Masker, documents: Documents): Promise<number> {
  const lost = await Promise.all(
    documents.map(async ({ indexes, text, handle }) => {
      const { text: restored, unresolved } = await masker.unmask(text, handle, patient);
      const missing = new Set(unresolved.map(({ token }) => token));
      const tokens = text.split("\n");
      const due = tokens.map((token, place) => (missing.has(token) ? token : instanceId(indexes[place] as number)));
      expect(restored.split("\n")).toEqual(due);
      return unresolved.length;
    }),
  );
  return lost.reduce((sum, count) => sum + count, 0);
}

async function restoreSealed(masker: Masker, documents: Documents): Promise<void> {
  for (const { indexes, text, handle } of documents) {
    const { text: restored } = await masker.unmask(text, handle, { onBackendError: "leave" });
    const tokens = text.split("\n");
    const due = tokens.map((token, place) => (sealedToken.test(token) ? instanceId(indexes[place] as number) : token));
    expect(restored.split("\n")).toEqual(due);
  }
}
