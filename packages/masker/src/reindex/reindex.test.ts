import { createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { createMasker } from "../masker.ts";

describe("reindex", () => {
  it("doesn't bring back an original that is erased between its read and its write", async () => {
    const backend = createMemoryBackend();
    let erase = async (): Promise<unknown> => undefined;
    const interrupted = Object.assign(Object.create(backend) as KeyValueBackend, {
      publish: backend.publish.bind(backend),
      subscribe: backend.subscribe.bind(backend),
      run: (async (script, ...rest) => {
        const reply = await backend.run(script, ...rest);
        if (script.name === "resolve") await erase();
        return reply;
      }) satisfies KeyValueBackend["run"],
    });
    const masker = createMasker({ backend });
    await masker.mask("10.0.0.1 and 10.0.0.2");
    erase = () => masker.erase({ originals: [{ type: "NET_IPV4", value: "10.0.0.1" }] });
    expect(await createMasker({ backend: interrupted }).reindex()).toEqual({
      mappings: 1,
      unreadable: 0,
      complete: true,
    });

    const tokens = ["NET_IPV4_001", "NET_IPV4_002", "NET_IPV4_003", "NET_IPV4_004"];
    const { text } = await createMasker({ backend }).unmask(tokens.join(" "), null, { within: "scope" });
    expect(text).toBe("NET_IPV4_001 10.0.0.2 NET_IPV4_003 NET_IPV4_004");
    expect((await masker.mask("10.0.0.1")).text, "no number was used up on it").toBe("NET_IPV4_003");
  });
});
