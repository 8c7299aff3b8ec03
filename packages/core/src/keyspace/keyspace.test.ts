import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { hashTagOf } from "./hash-tag.ts";
import { decodeKeyPart, encodeKeyPart } from "./key-part.ts";
import { createKeyspace } from "./keyspace.ts";

/** Any UTF-16 string, lone surrogates too, with the characters that matter turning up often. */
const anyString = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...":{}%*?[]\\, \t\n\0u3Aa", "\uD800", "\uDC00", "\u2028", "\uFEFF", "é", "😀") }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
const parts = fc.array(anyString, { maxLength: 4 });
const tag = anyString.filter((value) => value !== "");
const keyspace = createKeyspace({ feature: "test" });

describe("createKeyspace", () => {
  it("builds readable keys from plain parts", () => {
    expect(keyspace.key("tenant-1", "user", "7")).toBe("keyward:test:{tenant-1}:user:7");
    expect(keyspace.key("tenant-1")).toBe("keyward:test:{tenant-1}");
    expect(keyspace.channel("erased", "tenant-1")).toBe("keyward:test:erased:tenant-1");
    expect(createKeyspace({ prefix: "app:eu", feature: "test" }).key("a")).toBe("app:eu:test:{a}");
  });

  it("escapes what could leave its place", () => {
    expect(keyspace.key("a}:{b", "x:y", "*?[^a]\\", "%3A", "a b\n", "\uD800", "\u2028")).toBe(
      "keyward:test:{a%7D%3A%7Bb}:x%3Ay:%2A%3F%5B^a%5D%5C:%253A:a%20b%0A:%uD800:%u2028",
    );
    expect(keyspace.channel("a,b")).toBe("keyward:test:a%2Cb");
  });

  it("leaves letters of every script and whole surrogate pairs as they are", () => {
    expect(encodeKeyPart("part", "사용자-é-😀_.~@/+=")).toBe("사용자-é-😀_.~@/+=");
  });

  it("gives different keys for different parts", () => {
    fc.assert(
      fc.property(tag, parts, tag, parts, (tag1, parts1, tag2, parts2) => {
        const same = JSON.stringify([tag1, parts1]) === JSON.stringify([tag2, parts2]);
        expect(keyspace.key(tag1, ...parts1) === keyspace.key(tag2, ...parts2)).toBe(same);
      }),
    );
  });

  it("can be read back, so no two keys are the same", () => {
    fc.assert(
      fc.property(tag, parts, (someTag, someParts) => {
        const [, encodedTag, rest] = /^keyward:test:\{([^{}]*)\}((?::[^:{}]*)*)$/u.exec(
          keyspace.key(someTag, ...someParts),
        ) as unknown as [string, string, string];
        expect(decodeKeyPart(encodedTag)).toBe(someTag);
        expect(rest.split(":").slice(1).map(decodeKeyPart)).toEqual(someParts);
      }),
      { numRuns: 500 },
    );
  });

  it("puts every key of a tag in one slot, whatever the tag and the parts hold", () => {
    fc.assert(
      fc.property(tag, parts, (someTag, someParts) => {
        expect(hashTagOf(keyspace.key(someTag, ...someParts))).toBe(encodeKeyPart("tag", someTag));
      }),
    );
  });

  it("writes only what UTF-8 carries, globs leave alone and a line of text can hold", () => {
    fc.assert(
      fc.property(tag, parts, (someTag, someParts) => {
        expect(keyspace.key(someTag, ...someParts)).not.toMatch(/\p{Surrogate}|[\s\p{Cc}*?[\]\\,]/u);
      }),
    );
  });

  it("refuses an empty tag, which would put each key in a slot of its own", () => {
    expect(() => keyspace.key("", "part")).toThrow(ConfigurationError);
  });

  it.each(["", ":", "a:", ":a", "a::b", "a{b}", "a*", "a b"])("refuses the prefix %j", (prefix) => {
    expect(() => createKeyspace({ prefix, feature: "test" })).toThrow(/^prefix: /);
  });

  it.each(["", "a:b", "A", "1a"])("refuses the feature %j", (feature) => {
    expect(() => createKeyspace({ feature })).toThrow(/^feature: /);
  });

  it("names the part that is no string", () => {
    const missing = undefined as unknown as string;
    expect(() => keyspace.key("tag", "a", missing)).toThrow(/^parts\[1\]: must be a string, not undefined/);
  });
});

describe("decodeKeyPart", () => {
  it("undoes encodeKeyPart for every string", () => {
    fc.assert(
      fc.property(anyString, (value) => {
        expect(decodeKeyPart(encodeKeyPart("part", value))).toBe(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it("takes no prefix from the prototype of all objects", () => {
    Object.defineProperty(Object.prototype, "prefix", { value: "other", configurable: true });
    try {
      expect(createKeyspace({ feature: "quota" }).channel("a")).toBe("keyward:quota:a");
    } finally {
      Reflect.deleteProperty(Object.prototype, "prefix");
    }
  });
});
