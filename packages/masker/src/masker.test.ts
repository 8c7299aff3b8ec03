import { randomBytes } from "node:crypto";
import {
  BackendError,
  ConfigurationError,
  createMemoryBackend,
  defineScript,
  type KeyValueBackend,
} from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import { dictionary } from "./detection/dictionary.ts";
import { pattern } from "./detection/pattern.ts";
import { MaskerError } from "./errors.ts";
import type { MaskerEvent } from "./events.ts";
import { createMasker, type Masker } from "./masker.ts";
import type { MaskerOptions } from "./options.ts";

const key = randomBytes(32).toString("base64");
const instance = (index: number): string => `i-${(0x10_0000_0000 + index).toString(16).padStart(17, "0")}`;

/** A backend that counts what is asked of it, and a masker on it that keeps nothing of another one's cache. */
function counted(backend: KeyValueBackend = createMemoryBackend()) {
  const counting = faultyBackend(backend, () => undefined);
  return { backend: counting, masker: createMasker({ backend: counting, encryption: { keys: [key] } }) };
}

function cutIntoTens(): TransformStream<string, string> {
  return new TransformStream({
    transform(chunk, controller) {
      for (const piece of chunk.match(/.{1,10}/gs) ?? []) controller.enqueue(piece);
    },
  });
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it succeeded"),
    (error: unknown) => error,
  );
}

describe("createMasker", () => {
  it("runs on memory without any option", async () => {
    const masker = createMasker();
    const masked = await masker.mask("Analyze: EC2 i-1234567890abcdef0, S3 my-bucket, RDS prod-db, IP 10.0.1.100");
    expect(masked.text).toMatch(/^Analyze: EC2 AWS_EC2_001, S3 AWS_S3_BUCKET_001, RDS \w+_001, IP NET_IPV4_001$/);
    for (const value of ["i-1234567890abcdef0", "my-bucket", "prod-db", "10.0.1.100"]) {
      expect(JSON.stringify(masked)).not.toContain(value);
    }
    expect(await masker.unmask("AWS_EC2_001 is idle.", masked)).toEqual({
      text: "i-1234567890abcdef0 is idle.",
      unresolved: [],
    });
  });

  it("asks the store once for a document with something new, and not at all when all is known", async () => {
    const { backend, masker } = counted();
    const text = Array.from({ length: 900 }, (_, index) => instance(index)).join(" ");
    const masked = await masker.mask(text);
    expect(backend.calls.map(({ operation }) => operation)).toEqual(["run:assign"]);
    await masker.mask(text);
    await masker.unmask(masked.text, masked);
    expect(backend.calls).toHaveLength(1);
  });

  it("asks the store once for an answer whose values it doesn't know", async () => {
    const shared = createMemoryBackend();
    const masked = await counted(shared).masker.mask(`${instance(1)} ${instance(2)} 10.0.0.1`);
    const { backend, masker } = counted(shared);
    expect((await masker.unmask(masked.text, masked)).text).toBe(`${instance(1)} ${instance(2)} 10.0.0.1`);
    expect(backend.calls.map(({ operation }) => operation)).toEqual(["run:resolve"]);
  });

  it("asks the store once for a streamed answer, however many tokens come one after the other", async () => {
    const shared = createMemoryBackend();
    const text = Array.from({ length: 300 }, (_, index) => instance(index)).join(" ");
    const masked = await counted(shared).masker.mask(text);
    const { backend, masker } = counted(shared);
    let restored = "";
    const pieces = new Blob([masked.text]).stream().pipeThrough(new TextDecoderStream());
    for await (const piece of pieces.pipeThrough(cutIntoTens()).pipeThrough(masker.unmaskStream(masked))) {
      restored += piece;
    }
    expect(restored).toBe(text);
    expect(backend.calls.map(({ operation }) => operation)).toEqual(["run:resolve"]);
  });

  it("numbers more values than one step takes, in the order of the text", async () => {
    const { masker } = counted();
    const values = Array.from({ length: 2_500 }, (_, index) => instance(index));
    const { findings } = await masker.mask(values.join("\n"));
    expect(findings.map(({ token }) => token)).toEqual(
      values.map((_, index) => `AWS_EC2_${String(index + 1).padStart(3, "0")}`),
    );
  });

  it("keeps scopes apart", async () => {
    const masker = createMasker();
    const one = await masker.mask(`10.0.0.1 ${instance(1)}`, { scope: "tenant-1" });
    const other = await masker.mask("10.0.0.2", { scope: "tenant-2" });
    expect(other.text).toBe("NET_IPV4_001");
    expect((await masker.unmask("NET_IPV4_001", other, { scope: "tenant-2" })).text).toBe("10.0.0.2");
    expect(await failureOf(masker.unmask("NET_IPV4_001", one, { scope: "tenant-2" }))).toMatchObject({
      code: "SCOPE_MISMATCH",
    });
    const answer = await masker.unmask("AWS_EC2_001", other, { scope: "tenant-2" });
    expect(answer.unresolved).toMatchObject([{ token: "AWS_EC2_001", reason: "not-issued" }]);
  });

  it("keeps the tokens of text that was stored masked, when the handle names them", async () => {
    const masker = createMasker();
    const stored = await masker.mask("the host is 10.0.0.1");
    const asked = await masker.mask(`${stored.text}, and 10.0.0.2, not NET_IPV4_777`, { keep: stored });
    expect(asked.text).toBe("the host is NET_IPV4_001, and NET_IPV4_002, not TEXT_LITERAL_001");
    expect((await masker.unmask(asked.text, asked)).text).toBe("the host is 10.0.0.1, and 10.0.0.2, not NET_IPV4_777");
  });

  it("leaves what is allowed, and takes what a user's own detectors find", async () => {
    const masker = createMasker({
      detectors: [
        "network",
        dictionary({ type: "PROJECT_NAME", terms: ["Blue Heron", "청룡"] }),
        pattern({ type: "ORDER_ID", pattern: /\bORD-\d{6}\b/, maxLength: 10 }),
      ],
      allow: ["127.0.0.1", /^10\.9\./],
    });
    const { text } = await masker.mask("Blue Heron and 청룡은 at 127.0.0.1, 10.9.0.1, 10.8.0.1: ORD-123456 i-0abc1234");
    expect(text).toBe(
      "PROJECT_NAME_001 and PROJECT_NAME_002은 at 127.0.0.1, 10.9.0.1, NET_IPV4_001: ORDER_ID_001 i-0abc1234",
    );
  });

  it("previews without asking or storing anything", () => {
    const { backend, masker } = counted();
    expect(masker.preview("see 10.0.0.1")).toEqual([{ type: "NET_IPV4", start: 4, end: 12, confidence: "high" }]);
    expect(backend.calls).toEqual([]);
  });

  it("tells its observer counts and times, and no value", async () => {
    const events: MaskerEvent[] = [];
    const masker = createMasker({ observer: (event) => events.push(event) });
    const masked = await masker.mask("10.0.0.1 10.0.0.1 10.0.0.2");
    await masker.unmask(`${masked.text} NET_IPV4_009`, masked);
    await masker.erase("scope");
    expect(events).toMatchObject([
      { type: "mask", textLength: 26, findings: { NET_IPV4: 3 }, storeLookups: 2 },
      { type: "unmask", tokens: 4, unresolved: { "not-issued": 1 }, storeLookups: 0 },
      { type: "erase" },
    ]);
    expect(JSON.stringify(events)).not.toContain("10.0.0");
  });
});

describe("erasing", () => {
  const erasures: [string, (masker: Masker) => Promise<unknown>][] = [
    ["an original", (masker) => masker.erase({ originals: [{ type: "NET_IPV4", value: "10.0.0.1" }] })],
    ["a token", (masker) => masker.erase({ tokens: ["NET_IPV4_001"] })],
    ["a scope", (masker) => masker.erase("scope")],
  ];

  it.each(erasures)("forgets %s for good and never uses its number again", async (_what, erase) => {
    const backend = createMemoryBackend();
    const masker = createMasker({ backend });
    const other = createMasker({ backend });
    const masked = await masker.mask("10.0.0.1");
    await other.mask("10.0.0.1");
    await erase(masker);
    expect(await masker.unmask(masked.text, masked)).toMatchObject({
      text: "NET_IPV4_001",
      unresolved: [{ reason: "not-issued" }],
    });
    expect((await masker.mask("10.0.0.1")).text).toBe("NET_IPV4_002");
  });

  it("reaches the other instances' caches by push", async () => {
    const backend = createMemoryBackend();
    const [masker, other] = [createMasker({ backend }), createMasker({ backend })];
    const masked = await masker.mask("10.0.0.1");
    await other.mask("10.0.0.1");
    await masker.erase({ tokens: ["NET_IPV4_001"] });
    // A message of another scope's erasure that comes after says that this one's came.
    await new Promise((resolve) => setImmediate(resolve));
    expect((await other.unmask(masked.text, masked)).unresolved).toMatchObject([{ reason: "not-issued" }]);
  });

  it("refuses a token that is none, and what it can't read", async () => {
    const masker = createMasker();
    for (const what of [{ tokens: ["nonsense"] }, { tokens: ["NET_IPV4_001 "] }, {}, null, "everything"]) {
      expect(await failureOf(masker.erase(what as never))).toBeInstanceOf(ConfigurationError);
    }
  });
});

describe("a masker's bad input", () => {
  const wrong: [string, object][] = [
    ["scope", { scope: "" }],
    ["scope", { scope: 7 }],
    ["detectors", { detectors: ["awz"] }],
    ["encryption", { encryption: true }],
    ["encryption.keys", { encryption: { keys: [] } }],
    ["encryption.keys[0]", { encryption: { keys: [undefined] } }],
    ["encryption.keys[0]", { encryption: { keys: ["too short"] } }],
    ["encryption.keys[1]", { encryption: { keys: [key, Buffer.alloc(32)] } }],
    ["encryption.keys", { encryption: { keys: [key, key] } }],
    ["encryption.indexKeys[0]", { encryption: { keys: [key], indexKeys: ["x"] } }],
    ["ttl", { ttl: "soon" }],
    ["maxTextLength", { maxTextLength: 0 }],
    ["minimumConfidence", { minimumConfidence: "some" }],
    ["backend", { backend: {} }],
    ["observer", { observer: "console" }],
    ["allow", { allow: "10.0.0.1" }],
    ["allow[0]", { allow: [/(a+)+$/] }],
    ["detector", { detector: [] }],
    ["format.prefix", { format: { prefix: "", suffix: "" } }],
  ];

  it.each(wrong)("is a ConfigurationError that names %s: %j", (field, options) => {
    expect(() => createMasker(options as MaskerOptions)).toThrow(ConfigurationError);
    try {
      createMasker(options as MaskerOptions);
    } catch (error) {
      expect((error as ConfigurationError).field).toMatch(field);
      expect(String(error)).not.toContain(key);
      expect(String(error)).not.toContain("too short");
    }
  });

  it("refuses a pattern that can run away, and a type that another one ends with", () => {
    expect(() => pattern({ type: "A_B", pattern: /(a+)+$/, maxLength: 50 })).toThrow(ConfigurationError);
    expect(() => createMasker({ detectors: ["aws", dictionary({ type: "MY_AWS_EC2", terms: ["x"] })] })).toThrow(
      ConfigurationError,
    );
  });

  it("refuses a shared store without encryption, unless that is written", () => {
    const capabilities = { reach: "shared", push: false, billedPerCommand: false } as const;
    const backend = { ...faultyBackend(createMemoryBackend(), () => undefined), capabilities };
    expect(() => createMasker({ backend })).toThrow(/encryption/);
    expect(() => createMasker({ backend, encryption: "none" })).not.toThrow();
  });

  it("refuses a text over the limit and what isn't text, and passes nothing on", async () => {
    const masker = createMasker({ maxTextLength: 20 });
    const error = await failureOf(masker.mask("10.0.0.1 is the address of it"));
    expect(MaskerError.is(error) && error.code).toBe("TEXT_TOO_LONG");
    expect(String(error)).not.toContain("10.0.0.1");
    expect(await failureOf(masker.mask(42 as never))).toBeInstanceOf(ConfigurationError);
    expect(await failureOf(masker.mask("x".repeat(20), { scope: "" }))).toBeInstanceOf(ConfigurationError);
  });

  it("refuses one value that is too long for the store", async () => {
    const masker = createMasker({ detectors: [dictionary({ type: "A_TERM", terms: ["secret"] })] });
    const error = await failureOf(masker.mask(`${"x".repeat(40_000)}secret`));
    expect(error).toMatchObject({ code: "TEXT_TOO_LONG" });
  });

  it("refuses a handle that was changed, is cut or is none", async () => {
    const { masker } = counted();
    const { handle, text } = await masker.mask("10.0.0.1 10.0.0.2");
    for (const bad of ["", "x", handle.slice(0, -1), handle.replace("IPV4.1-1", "IPV4.1-9"), `${handle}~`]) {
      expect(await failureOf(masker.unmask(text, bad))).toMatchObject({ code: "HANDLE_INVALID" });
    }
    for (const none of [undefined, 7, {}, { within: "everything" }]) {
      expect(await failureOf(masker.unmask(text, none as never))).toBeInstanceOf(ConfigurationError);
    }
  });

  it("refuses a wrong key instead of making a second set of tokens", async () => {
    const backend = createMemoryBackend();
    await createMasker({ backend, encryption: { keys: [key] } }).mask("10.0.0.1");
    const wrongKey = createMasker({ backend, encryption: { keys: [randomBytes(32)] } });
    expect(await failureOf(wrongKey.mask("10.0.0.1"))).toBeInstanceOf(ConfigurationError);
    expect(await failureOf(wrongKey.mask("10.0.0.2"))).toMatchObject({ field: expect.stringMatching(/^encryption/) });
    const noKey = createMasker({ backend, encryption: "none" });
    expect(await failureOf(noKey.mask("10.0.0.2"))).toBeInstanceOf(ConfigurationError);
  });

  it("fails when a new value can't be numbered, and says what is known", async () => {
    const backend = faultyBackend(createMemoryBackend(), () => ({ kind: "fail-before" }));
    const error = await failureOf(createMasker({ backend }).mask("10.0.0.1"));
    expect(error).toBeInstanceOf(BackendError);
    expect(String(error)).not.toContain("10.0.0.1");
  });

  it("reports a record that isn't one as corrupt and leaves its token", async () => {
    const backend = createMemoryBackend();
    const writer = createMasker({ backend, encryption: { keys: [key] } });
    const masked = await writer.mask("10.0.0.1 10.0.0.2");
    const keys: string[] = [];
    const spoil = defineScript<null, null>({
      name: "spoil",
      keys: ["mappings"],
      args: () => [],
      reply: () => null,
      lua: "",
      memory(store, [mappings]) {
        for (const [field, value] of store.hashEntries(mappings!)) {
          if (field.startsWith("rNET_IPV4")) store.hashSet(mappings!, field, `${value.slice(0, -6)}AAAAAA`);
        }
        return null;
      },
    });
    const spied: KeyValueBackend = {
      ...faultyBackend(backend, () => undefined),
      run: (script, scriptKeys, input, options) => {
        keys.push(...scriptKeys);
        return backend.run(script, scriptKeys, input, options);
      },
    };
    const reader = createMasker({ backend: spied, encryption: { keys: [key] } });
    await reader.mask("10.0.0.3");
    for (const name of new Set(keys.filter((each) => /:[ab]$/.test(each)))) await backend.run(spoil, [name], null);
    expect(await reader.unmask(masked.text, masked)).toMatchObject({
      text: masked.text,
      unresolved: [
        { token: "NET_IPV4_001", reason: "corrupt" },
        { token: "NET_IPV4_002", reason: "corrupt" },
      ],
    });
  });
});

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

  it("refuses the new key alone before the reindex is done", async () => {
    const backend = createMemoryBackend();
    await withKeys(backend, oldKey).mask("10.0.0.1");
    await withKeys(backend, oldKey, newKey).mask("10.0.0.2");
    expect(await failureOf(withKeys(backend, newKey).mask("10.0.0.1"))).toBeInstanceOf(ConfigurationError);
  });

  it("goes on where an interrupted reindex stopped", async () => {
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

  it("says so when a mapping is sealed under a key that is gone", async () => {
    const backend = createMemoryBackend();
    const masked = await createMasker({ backend, encryption: { keys: [oldKey], indexKeys: [key] } }).mask("10.0.0.1");
    const later = createMasker({ backend, encryption: { keys: [newKey], indexKeys: [key] } });
    expect(await failureOf(later.unmask(masked.text, masked))).toMatchObject({ field: "encryption.keys" });
    expect(await later.reindex()).toEqual({ mappings: 0, unreadable: 1, complete: false });
  });
});

describe("a store that others change", () => {
  it("is asked again for what its own reply shows to be out of date", async () => {
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

  it("costs one spoilt record's token and not the whole answer", async () => {
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
          store.hashSet(mappings!, "rNET_IPV4:1", record.replace(/1([\w-]{8})([\w-]+)$/, "1AAAAAAAA$2"));
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
