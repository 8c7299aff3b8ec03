import { createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { createMasker } from "../masker.ts";

/** A backend that counts open subscriptions. */
function counting() {
  const backend = createMemoryBackend();
  let open = 0;
  const counted: KeyValueBackend = Object.assign(Object.create(backend) as KeyValueBackend, {
    run: backend.run.bind(backend),
    publish: backend.publish.bind(backend),
    subscribe: ((channel, listener, options) => {
      open++;
      options?.signal?.addEventListener("abort", () => open--);
      return backend.subscribe(channel, listener, options);
    }) satisfies KeyValueBackend["subscribe"],
  });
  return { backend: counted, subscriptions: () => open };
}

describe("the scopes in use", () => {
  it("follow erasures for at most 1,000 scopes at a time, even if more are opened at once", async () => {
    const { backend, subscriptions } = counting();
    const masker = createMasker({ backend });
    for (let round = 0; round < 2; round++) {
      await Promise.all(Array.from({ length: 1_500 }, (_, index) => masker.mask("text", { scope: `scope-${index}` })));
      expect(subscriptions()).toBeLessThanOrEqual(1_000);
    }
  });

  it("follow an erasure by another instance as long as they are kept", async () => {
    const { backend, subscriptions } = counting();
    const [one, other] = [createMasker({ backend }), createMasker({ backend })];
    const first = await one.mask("10.0.0.1");
    expect(subscriptions()).toBe(1);
    await other.erase("scope");
    expect(await one.unmask(first.text, first)).toMatchObject({ text: first.text });
  });
});
