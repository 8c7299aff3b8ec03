import { expect, it } from "vitest";
import type { KeyValueBackend, RunOptions } from "../backend.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import type { Script } from "../script/script.ts";
import { createCounter } from "./counter/counter.ts";
import { createMappingStore } from "./mapping-store.ts";

const host = [{ type: "HOST", value: "a" }];

/** Notes how many replicas each step asks for, and runs it in memory, which has none. */
function openNoting() {
  const memory = createMemoryBackend();
  const asked: [step: string, replicas: number | undefined][] = [];
  const backend: KeyValueBackend = {
    ...(Object.create(memory) as KeyValueBackend),
    name: "noting",
    capabilities: { ...memory.capabilities, hearsOfReplicas: true },
    publish: (channel, message) => memory.publish(channel, message),
    run: <Input, Reply>(
      script: Script<Input, Reply>,
      keys: readonly string[],
      input: Input,
      { replicas, ...options }: RunOptions = {},
    ) => {
      asked.push([script.name, replicas]);
      return memory.run(script, keys, input, options);
    },
  };
  return { backend, asked };
}

it("asks for replicas with every step whose answer must outlive the server, and never for a read", async () => {
  const { backend, asked } = openNoting();
  const store = createMappingStore({ backend, scope: "s", replicas: 2 });
  await store.assign(host);
  await store.replace(host);
  await store.completeIndex("0", await store.highest());
  await store.resolve([{ type: "HOST", number: 1 }]);
  await store.forget({ entries: host });
  await createCounter({ backend, replicas: 1 }).block("invoice", 10);
  expect(asked).toEqual([
    ["assign", 2],
    ["assign", 2],
    ["read-highest", undefined],
    ["complete-index", 2],
    ["resolve", undefined],
    ["forget", 2],
    ["take-block", 1],
  ]);
});

it("asks for none by default", async () => {
  const { backend, asked } = openNoting();
  await createMappingStore({ backend, scope: "s" }).assign(host);
  await createCounter({ backend }).next("invoice");
  expect(asked.map(([, replicas]) => replicas)).toEqual([undefined, undefined]);
});
