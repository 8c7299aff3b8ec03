import { createMemoryBackend, defineScript, type KeyValueBackend } from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import { key } from "../fixtures/counted-masker.ts";
import { createMasker } from "../masker.ts";

describe("a store that others change", () => {
  it("is asked again when its reply shows that cached values are out of date", async () => {
    const shared = createMemoryBackend();
    const withoutPush = (): KeyValueBackend => ({
      ...faultyBackend(shared, () => undefined),
      capabilities: { ...shared.capabilities, push: false },
    });
    const [one, other] = [createMasker({ backend: withoutPush() }), createMasker({ backend: withoutPush() })];
    await one.mask("10.0.0.1");
    await other.erase("scope");
    const masked = await one.mask("10.0.0.1 10.0.0.2");
    expect((await one.unmask(masked.text, masked)).text).toBe("10.0.0.1 10.0.0.2");
  });

  it("loses the token of one damaged record, not the whole answer", async () => {
    const shared = createMemoryBackend();
    const spoil = defineScript<null, null>({
      name: "spoil-key-name",
      keys: ["mappings"],
      args: () => [],
      reply: () => null,
      lua: "",
      memory(store, [mappings]) {
        const record = store.hashGet(mappings!, "rNET_IPV4:1");
        if (record !== null)
          store.hashSet(mappings!, "rNET_IPV4:1", record.replace(/2([\w-]{8})([\w-]+)$/, "2AAAAAAAA$2"));
        return null;
      },
    });
    const keys = new Set<string>();
    const backend: KeyValueBackend = {
      ...faultyBackend(shared, () => undefined),
      run(script, scriptKeys, input, options) {
        for (const name of scriptKeys) keys.add(name);
        return shared.run(script, scriptKeys, input, options);
      },
    };
    const masked = await createMasker({ backend, encryption: { keys: [key] } }).mask("10.0.0.1 10.0.0.2");
    for (const name of keys) if (/:[ab]$/.test(name)) await shared.run(spoil, [name], null);
    const later = createMasker({ backend: shared, encryption: { keys: [key] } });
    expect(await later.unmask(masked.text, masked)).toMatchObject({
      text: "NET_IPV4_001 10.0.0.2",
      unresolved: [{ token: "NET_IPV4_001", reason: "corrupt" }],
    });
  });
});
