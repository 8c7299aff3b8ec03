import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScriptStore } from "../script/script-store.ts";
import { type MemoryRecord, MemoryStore } from "./memory-store.ts";

type Action = (step: ScriptStore) => unknown;

const keys = ["a", "b", "c", "d", "__proto__"] as const;
const field = fc.constantFrom("x", "y", "z");
const text = fc.constantFrom("", "1", "longer text");
const ttlMs = fc.integer({ min: 1, max: 12 });
const anyTtlMs = fc.integer({ min: -1, max: 12 });

function actionOn(...names: string[]): fc.Arbitrary<Action> {
  const key = fc.constantFrom(...names);
  return fc.oneof(
    fc.tuple(key, text).map(([k, value]) => named(`set ${k}`, (step) => step.set(k, value))),
    fc.tuple(key, text, ttlMs).map(([k, value, ms]) => named(`set ${k} px ${ms}`, (step) => step.set(k, value, ms))),
    key.map((k) => named(`get ${k}`, (step) => step.get(k))),
    key.map((k) => named(`delete ${k}`, (step) => step.delete(k))),
    key.map((k) => named(`exists ${k}`, (step) => step.exists(k))),
    key.map((k) => named(`ttl ${k}`, (step) => step.ttl(k))),
    fc.tuple(key, anyTtlMs).map(([k, ms]) => named(`expire ${k} ${ms}`, (step) => step.expire(k, ms))),
    fc.tuple(key, field, text).map(([k, f, value]) => named(`hashSet ${k} ${f}`, (step) => step.hashSet(k, f, value))),
    fc.tuple(key, field).map(([k, f]) => named(`hashGet ${k} ${f}`, (step) => step.hashGet(k, f))),
    fc.tuple(key, field).map(([k, f]) => named(`hashDelete ${k} ${f}`, (step) => step.hashDelete(k, f))),
    key.map((k) => named(`hashEntries ${k}`, (step) => [...step.hashEntries(k)].sort())),
  );
}

const action = actionOn(...keys);

/** Makes counterexamples readable. */
function named(name: string, run: Action): Action {
  return Object.assign(run, { toString: () => name, [fc.toStringMethod]: () => name });
}

/** The rules in the plainest code possible: a map that is searched, without any order or count of bytes. */
class PlainStore implements ScriptStore {
  now = 0;
  serverId = "memory";
  readonly held = new Map<string, { value: string | Map<string, string>; expiresAt: number }>();

  get = (k: string) => this.#read(k, "string") as string | null;
  set = (k: string, value: string, ms = Number.POSITIVE_INFINITY) =>
    void this.held.set(k, { value, expiresAt: this.now + ms });
  delete = (k: string) => this.exists(k) && this.held.delete(k);
  exists = (k: string) => (this.held.get(k)?.expiresAt ?? 0) > this.now;
  hashGet = (k: string, f: string) => this.#fields(k).get(f) ?? null;
  hashEntries = (k: string) => [...this.#fields(k)];
  hashSet = (k: string, f: string, value: string) => {
    const fields = this.#fields(k);
    if (fields.size === 0) this.held.set(k, { value: fields, expiresAt: Number.POSITIVE_INFINITY });
    fields.set(f, value);
  };
  hashDelete = (k: string, f: string) => {
    const deleted = this.#fields(k).delete(f);
    if (deleted && this.#fields(k).size === 0) this.held.delete(k);
    return deleted;
  };
  expire = (k: string, ms: number) => {
    const held = this.held.get(k);
    if (!held || !this.exists(k)) return false;
    held.expiresAt = this.now + ms;
    return true;
  };
  ttl = (k: string) => {
    const left = this.exists(k) ? (this.held.get(k)?.expiresAt ?? 0) - this.now : Number.POSITIVE_INFINITY;
    return left === Number.POSITIVE_INFINITY ? null : left;
  };

  #read(k: string, type: "string" | "object"): string | Map<string, string> | null {
    if (!this.exists(k)) return null;
    const value = this.held.get(k)?.value ?? null;
    if (typeof value !== type) throw new Error("WRONGTYPE");
    return value;
  }

  #fields = (k: string) => (this.#read(k, "object") ?? new Map()) as Map<string, string>;
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    // "no" of "no room left", "WRONGTYPE" of both.
    return (error as Error).message.split(" ")[0];
  }
}

function snapshot(store: MemoryStore): Map<string, MemoryRecord | null> {
  return new Map(store.keys().map((k) => [k, store.inspect(k)]));
}

/** Adds up from scratch what the store counts as it goes. */
function countedBytes(store: MemoryStore): number {
  let bytes = 0;
  for (const [k, record] of snapshot(store)) {
    bytes += 250 + 2 * k.length;
    if (record?.type === "string") bytes += 2 * record.value.length;
    else bytes += 200;
    if (record?.type === "hash") for (const [f, value] of record.fields) bytes += 80 + 2 * (f.length + value.length);
  }
  return bytes;
}

const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.array(action, { maxLength: 8 })), { maxLength: 40 });

describe("MemoryStore", () => {
  it("answers every sequence of calls like the plain rules", () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const clock = { now: 100 };
        const store = new MemoryStore({ now: () => clock.now });
        const plain = new PlainStore();
        for (const [passed, actions] of sequence) {
          clock.now += passed;
          plain.now = clock.now;
          for (const run of actions) {
            expect(attempt(() => store.step(run))).toEqual(attempt(() => run(plain)));
          }
          expect(store.keys().sort()).toEqual([...plain.held.keys()].filter(plain.exists).sort());
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is exactly as before after a step that throws, whatever the step did", () => {
    fc.assert(
      fc.property(steps, fc.array(action, { minLength: 1, maxLength: 12 }), (sequence, doomed) => {
        const clock = { now: 100 };
        const store = new MemoryStore({ now: () => clock.now });
        for (const [passed, actions] of sequence) {
          clock.now += passed;
          for (const run of actions) attempt(() => store.step(run));
        }
        const before = snapshot(store);
        const failure = new Error("doomed");
        const failing = (step: ScriptStore) => {
          for (const run of doomed) attempt(() => run(step));
          throw failure;
        };
        expect(() => store.step(failing)).toThrow(failure);
        expect(snapshot(store)).toEqual(before);
        // The store still works after the undo: its keys still expire.
        clock.now += 20;
        store.step((step) => {
          for (const k of keys) step.set(k, "");
        });
        expect(store.bytes).toBe(countedBytes(store));
      }),
      { numRuns: 300 },
    );
  });

  it("stays within its bytes and loses only while-room keys, whatever is written", () => {
    const maxBytes = 1_200;
    const writes = fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 2 }),
        fc.oneof(
          actionOn("a", "b", "c").map((run) => ({ retain: "always" as const, run })),
          actionOn("d", "e", "f", "g").map((run) => ({ retain: "while-room" as const, run })),
        ),
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(writes, (sequence) => {
        const clock = { now: 100 };
        const store = new MemoryStore({ maxBytes, now: () => clock.now });
        const kept = new PlainStore();
        for (const [passed, { retain, run }] of sequence) {
          clock.now += passed;
          kept.now = clock.now;
          const before = snapshot(store);
          const outcome = attempt(() => store.step(run, { retain }));
          if (outcome === "no") expect(snapshot(store)).toEqual(before);
          else if (retain === "always") expect(outcome).toEqual(attempt(() => run(kept)));
          expect(store.bytes).toBeLessThanOrEqual(maxBytes);
          expect(store.bytes).toBeGreaterThanOrEqual(countedBytes(store));
          expect(
            store
              .keys()
              .filter((k) => k <= "c")
              .sort(),
          ).toEqual([...kept.held.keys()].filter(kept.exists).sort());
        }
      }),
      { numRuns: 300 },
    );
  });
});
