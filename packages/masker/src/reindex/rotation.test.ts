import { randomBytes } from "node:crypto";
import { ConfigurationError, createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { failureOf, instance, key } from "../fixtures/counted-masker.ts";
import { createMasker } from "../masker.ts";

describe("replacing a key", () => {
  const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
  const withKeys = (backend: KeyValueBackend, ...keys: Buffer[]) => createMasker({ backend, encryption: { keys } });

  it("keeps every token and every handle through adding, reindexing, promoting and removing", async () => {
    const backend = createMemoryBackend();
    const text = Array.from({ length: 1_200 }, (_, index) => instance(index)).join(" ");
    const masked = await withKeys(backend, oldKey).mask(text);
    const added = withKeys(backend, oldKey, newKey);
    expect((await added.mask(text)).text).toBe(masked.text);
    expect(await added.reindex()).toEqual({ mappings: 1_200, unreadable: 0, complete: true });
    const promoted = withKeys(backend, newKey, oldKey);
    expect((await promoted.unmask(masked.text, masked)).text).toBe(text);
    expect(await promoted.reindex()).toMatchObject({ mappings: 1_200, complete: true });
    const removed = withKeys(backend, newKey);
    const again = await removed.mask(text);
    expect(again.text).toBe(masked.text);
    expect((await removed.unmask(again.text, again)).text).toBe(text);
  });

  it("refuses the new key alone until the reindex is done", async () => {
    const backend = createMemoryBackend();
    await withKeys(backend, oldKey).mask("10.0.0.1");
    await withKeys(backend, oldKey, newKey).mask("10.0.0.2");
    expect(await failureOf(withKeys(backend, newKey).mask("10.0.0.1"))).toBeInstanceOf(ConfigurationError);
  });

  it("resumes where an interrupted reindex stopped", async () => {
    const backend = createMemoryBackend();
    await withKeys(backend, oldKey).mask(Array.from({ length: 1_200 }, (_, index) => instance(index)).join(" "));
    const stop = new AbortController();
    const seen: { type: string; number: number }[] = [];
    const both = withKeys(backend, oldKey, newKey);
    const interrupted = both.reindex({
      signal: stop.signal,
      onProgress: (done) => {
        seen.push(done);
        stop.abort();
      },
    });
    expect(await failureOf(interrupted)).toMatchObject({ name: "AbortError" });
    expect(seen).toEqual([{ type: "AWS_EC2", number: 500 }]);
    expect(await both.reindex({ after: seen[0]! })).toEqual({ mappings: 700, unreadable: 0, complete: true });
  });

  it("says that a mapping is sealed under a key that is gone", async () => {
    const backend = createMemoryBackend();
    const masked = await createMasker({ backend, encryption: { keys: [oldKey], indexKeys: [key] } }).mask("10.0.0.1");
    const later = createMasker({ backend, encryption: { keys: [newKey], indexKeys: [key] } });
    expect(await failureOf(later.unmask(masked.text, masked))).toMatchObject({ field: "encryption.keys" });
    expect(await later.reindex()).toEqual({ mappings: 0, unreadable: 1, complete: false });
  });
});
