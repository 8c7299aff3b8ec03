import { randomBytes } from "node:crypto";
import { createIoredisBackend } from "@keyward/ioredis";
import { adminClient, startRedis } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import { realStores, type StoreName } from "./fixtures/real-stores.ts";
import { BackendError, ConfigurationError, createMasker, type MaskerEvent } from "./index.ts";

const key = randomBytes(32).toString("base64");
const encryption = { keys: [key] };
const sample = "user kim.minsu@example.co.kr at 10.0.1.100 on i-1234567890abcdef0, password=hunter2-Zx9";
const originals = ["kim.minsu@example.co.kr", "10.0.1.100", "i-1234567890abcdef0", "hunter2-Zx9"];

const stores = realStores();
const onRedis = () => stores.open("Redis");

describe.each<[name: string, store: StoreName]>([
  ["a single Redis", "Redis"],
  ["a Redis Cluster", "Cluster"],
  ["a Redis over REST", "REST"],
])("a masker on %s", (_name, store) => {
  const open = () => stores.open(store, `${store}:`);

  it("is restored by another instance, and gives the same tokens there", async () => {
    const one = createMasker({ backend: open(), encryption, scope: "shared" });
    const other = createMasker({ backend: open(), encryption, scope: "shared" });
    const masked = await one.mask(sample);
    expect(await other.unmask(masked.text, masked.handle)).toEqual({ text: sample, unresolved: [] });
    expect((await other.mask(sample)).text).toBe(masked.text);
  });

  it("numbers without a gap or a duplicate when many instances mask at once", async () => {
    const options = { encryption, scope: "crowd", onBackendError: "throw" } as const;
    const maskers = Array.from({ length: 4 }, () => createMasker({ backend: open(), ...options }));
    const documents = Array.from({ length: 40 }, (_, index) =>
      Array.from(
        { length: 50 },
        (_, value) => `i-${(0x1000_0000 + ((index * 37 + value * 11) % 1_000)).toString(16)}`,
      ).join(" "),
    );
    const masked = await Promise.all(
      documents.map((text, index) => maskers[index % 4]!.mask(text, { timeoutMs: 10_000 })),
    );
    const tokenOf = new Map<string, string>();
    masked.forEach(({ findings }, index) => {
      for (const { start, end, token } of findings) {
        const original = documents[index]!.slice(start, end);
        expect(tokenOf.get(original) ?? token).toBe(token);
        tokenOf.set(original, token);
      }
    });
    const numbers = [...tokenOf.values()].map((token) => Number(token.split("_").at(-1))).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it("tells the other instances of an erasure at once", async () => {
    const [one, other] = [open(), open()].map((backend) => createMasker({ backend, encryption, scope: "erased" }));
    const masked = await one!.mask("10.0.0.1");
    await other!.unmask(masked.text, masked);
    // Subscribing isn't waited for: only once a first erasure has come through is it known to be there.
    const probe = await one!.mask("10.0.0.2");
    await expect
      .poll(async () => {
        await one!.erase({ tokens: ["NET_IPV4_001"] });
        return (await other!.unmask(masked.text, masked)).unresolved.length;
      })
      .toBe(1);
    expect((await other!.unmask(probe.text, probe)).text).toBe("10.0.0.2");
  });

  it("refuses a wrong key and a missing one", async () => {
    const backend = open();
    await createMasker({ backend, encryption, scope: "keys" }).mask("10.0.0.1");
    const wrong = createMasker({ backend, encryption: { keys: [randomBytes(32)] }, scope: "keys" });
    await expect(wrong.mask("10.0.0.1")).rejects.toThrow(ConfigurationError);
    await expect(createMasker({ backend, encryption: "none", scope: "keys" }).mask("10.0.0.1")).rejects.toThrow(
      ConfigurationError,
    );
    expect(() => createMasker({ backend })).toThrow(/encryption/);
  });
});

describe("what a masker leaves in Redis", () => {
  it("holds no original, no scope and no key, in keys, fields or values", async () => {
    const scope = "kim.minsu@example.co.kr";
    const masker = createMasker({ backend: onRedis(), encryption, scope });
    await masker.mask(`${sample} ${originals.join(" ")}`);
    const client = adminClient(stores.server.options);
    const stored: string[] = [];
    for (const name of await client.keys("*")) stored.push(name, JSON.stringify(await client.hgetall(name)));
    client.disconnect();
    expect(stored.length).toBeGreaterThan(0);
    for (const secret of [...originals, scope, key]) {
      const forms = [
        secret,
        Buffer.from(secret).toString("base64url"),
        Buffer.from(secret, "utf16le").toString("base64url"),
      ];
      for (const form of forms) expect(stored.join("\n")).not.toContain(form);
    }
  });

  it("is an error and never a crash where somebody else wrote there", async () => {
    const masker = createMasker({ backend: onRedis(), encryption, scope: "foreign" });
    await masker.mask("10.0.0.1");
    const client = adminClient(stores.server.options);
    const names = (await client.keys("*")).filter((name) => name.endsWith(":n"));
    for (const name of names) await client.hset(name, "NET_IPV4", "not a number");
    await expect(masker.mask("10.0.0.2")).rejects.toMatchObject({ code: "MAPPING_CORRUPT" });
    for (const name of names) await client.set(name, "a string");
    const error: unknown = await masker.mask("10.0.0.2").catch((caught: unknown) => caught);
    client.disconnect();
    expect(String(error)).toMatch(/Error/);
    expect(String(error)).not.toContain("10.0.0.2");
  });

  it("is warned of when the server may evict it, and isn't when it may not", async () => {
    const evicting = await startRedis({ args: ["--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru"] });
    const backend = createIoredisBackend({ url: evicting.url, timeoutMs: 2_000 });
    const policies: string[] = [];
    const observer = (event: MaskerEvent) => {
      if (event.type === "store.may-evict") policies.push(event.policy);
    };
    try {
      await createMasker({ backend, encryption, observer }).mask("10.0.0.1");
      await expect.poll(() => policies).toEqual(["allkeys-lru"]);
      await createMasker({ backend: onRedis(), encryption, observer }).mask("10.0.0.1");
      expect(policies).toEqual(["allkeys-lru"]);
    } finally {
      await backend.close();
      await evicting.stop();
    }
  });

  it("is never waited for longer than the deadline when the server freezes, and nothing passes unmasked", async () => {
    const frozen = await startRedis();
    const backend = createIoredisBackend({ url: frozen.url, timeoutMs: 200 });
    try {
      const masker = createMasker({ backend, encryption });
      const known = await masker.mask("10.0.0.1");
      frozen.freeze();
      expect(await masker.unmask(known.text, known)).toEqual({ text: "10.0.0.1", unresolved: [] });
      expect((await masker.mask("10.0.0.2")).text).toMatch(/^NET_IPV4_X/);
      const strict = createMasker({ backend, encryption, onBackendError: "throw" });
      await expect(strict.mask("10.0.0.2")).rejects.toThrow(BackendError);
      frozen.thaw();
      await expect
        .poll(() =>
          masker.mask("10.0.0.2").then(
            ({ text }) => text,
            () => "",
          ),
        )
        .toBe("NET_IPV4_002");
    } finally {
      frozen.thaw();
      await backend.close();
      await frozen.stop();
    }
  });
});
