import fc from "fast-check";
import { expect } from "vitest";
import { holdForAll } from "../../check/hold-for-all.ts";
import type { BackendSubject } from "../backend-subject.ts";
import { checksOf } from "../checks-of.ts";
import { increment } from "../probes/increment.ts";

type InferValue<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;
type Operation = InferValue<typeof anyOperation | typeof wait>;

const name = fc.nat({ max: 2 });
const names = fc.array(name, { maxLength: 4 });

const wait = fc.record({ kind: fc.constant("wait" as const), time: fc.integer({ min: 1, max: 3 }) });
const anyOperation = fc.oneof(
  fc.record({ kind: fc.constant("get" as const), name }),
  fc.record({ kind: fc.constant("getMany" as const), names }),
  fc.record({ kind: fc.constant("delete" as const), names }),
  fc.record({ kind: fc.constant("increment" as const), name }),
  fc.record({
    kind: fc.constant("set" as const),
    name,
    value: fc.constantFrom("0", "7"),
    ttl: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    onlyIf: fc.constantFrom("absent" as const, "present" as const, undefined),
  }),
);

export const modelChecks = checksOf("operations together", {
  "any sequence of operations returns what a map with deadlines returns": async (subject) => {
    // In real time a TTL could end before the sequence gets there, so there none ends.
    const { advance } = subject.expectations;
    const operation = advance ? fc.oneof({ arbitrary: anyOperation, weight: 5 }, wait) : anyOperation;
    const operations = fc.array(operation, { minLength: 1, maxLength: 30, size: "max" });
    await holdForAll(operations, (sequence) => followModel(subject, sequence, advance ? 1 : 60_000), {
      numRuns: advance ? 100 : 20,
    });
  },
});

async function followModel(subject: BackendSubject, sequence: readonly Operation[], unitMs: number): Promise<void> {
  const keys = [0, 1, 2].map(() => subject.key());
  const model = new MapWithDeadlines();
  for (const step of sequence) {
    const actual = await perform(subject, keys, step, unitMs);
    expect(actual, fc.stringify(step)).toEqual(model.perform(step));
  }
}

async function perform({ backend, elapse }: BackendSubject, keys: readonly string[], step: Operation, unitMs: number) {
  const key = (index: number) => keys[index] ?? "";
  switch (step.kind) {
    case "get":
      return backend.get(key(step.name));
    case "getMany":
      return backend.getMany(step.names.map(key));
    case "delete":
      return backend.delete(step.names.map(key));
    case "increment":
      return backend.run(increment, [key(step.name)], 1);
    case "set":
      return backend.set(key(step.name), step.value, {
        ...(step.ttl !== undefined && { ttlMs: step.ttl * unitMs }),
        ...(step.onlyIf && { onlyIf: step.onlyIf }),
      });
    case "wait":
      return elapse(step.time * unitMs);
  }
}

class MapWithDeadlines {
  readonly #entries = new Map<number, { value: string; expiresAt: number }>();
  #now = 0;

  perform(step: Operation): unknown {
    switch (step.kind) {
      case "get":
        return this.#get(step.name);
      case "getMany":
        return step.names.map((name) => this.#get(name));
      case "delete":
        return step.names.filter((name) => this.#get(name) !== null && this.#entries.delete(name)).length;
      case "increment": {
        const value = Number(this.#get(step.name) ?? "0") + 1;
        this.#entries.set(step.name, { value: String(value), expiresAt: Number.POSITIVE_INFINITY });
        return value;
      }
      case "set":
        if (step.onlyIf && (this.#get(step.name) !== null) !== (step.onlyIf === "present")) return false;
        this.#entries.set(step.name, {
          value: step.value,
          expiresAt: this.#now + (step.ttl ?? Number.POSITIVE_INFINITY),
        });
        return true;
      case "wait":
        this.#now += step.time;
        return undefined;
    }
  }

  #get(name: number): string | null {
    const entry = this.#entries.get(name);
    return entry && entry.expiresAt > this.#now ? entry.value : null;
  }
}
