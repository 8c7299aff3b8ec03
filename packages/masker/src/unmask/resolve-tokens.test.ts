import { randomBytes } from "node:crypto";
import { ConfigurationError, createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { createMasker, type Masker } from "../masker.ts";

async function streamed(masker: Masker, handle: string, text: string): Promise<string> {
  const stream = masker.unmaskStream(handle);
  const writer = stream.writable.getWriter();
  const written = writer.write(text).then(() => writer.close());
  let restored = "";
  for await (const piece of stream.readable) restored += piece;
  await written;
  return restored;
}

describe("a handle that names a token sealed under a key that is gone", () => {
  it("restores the other tokens, whole or streamed", async () => {
    const backend = createMemoryBackend();
    const [indexKey, former, present] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const sealingWith = (keys: Buffer[]) =>
      createMasker({ backend, encryption: { keys, indexKeys: [indexKey] }, detectors: ["network"] });
    await sealingWith([former]).mask("10.0.0.1");
    const { handle } = await sealingWith([present]).mask("10.0.0.1 10.0.0.2");

    const masker = sealingWith([present]);
    expect(await masker.unmask("to NET_IPV4_002", handle)).toMatchObject({ text: "to 10.0.0.2" });
    expect(await streamed(masker, handle, "to NET_IPV4_002")).toBe("to 10.0.0.2");
    await expect(masker.unmask("to NET_IPV4_001", handle)).rejects.toBeInstanceOf(ConfigurationError);
  });
});
