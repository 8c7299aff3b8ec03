import { describe, expect, it } from "vitest";
import { breakable } from "../fixtures/breakable-backend.ts";
import { encryption } from "../fixtures/lost-masker.ts";
import type { RestoreSource } from "../handle/open-handle.ts";
import type { Masked } from "../masked.ts";
import { createMasker, type Masker } from "../masker.ts";
import { everything, forgetfulStore } from "./fixtures/forgetful-store.ts";

const [a, b, c] = ["10.0.0.1", "10.0.0.2", "10.0.0.3"];
const notIssued = (token = "NET_IPV4_001") => ({
  text: token,
  unresolved: [{ token, reason: "not-issued", start: 0 }],
});

async function streamed(masker: Masker, text: string, source: RestoreSource) {
  const stream = masker.unmaskStream(source);
  let restored = "";
  for await (const piece of new Blob([text]).stream().pipeThrough(new TextDecoderStream()).pipeThrough(stream)) {
    restored += piece;
  }
  return { text: restored, unresolved: stream.unresolved };
}

describe.each([
  ["with a key", { encryption }],
  ["without a key", {}],
])("a store that comes back empty, %s", (_, options) => {
  const open = async () => {
    const store = forgetfulStore();
    const create = () => createMasker({ backend: store.open(), ...options });
    const [before, after] = [create(), create()];
    const former = await before.mask(a);
    await store.lose(everything);
    const latter = await after.mask(b);
    expect([former.text, latter.text]).toEqual(["NET_IPV4_001", "NET_IPV4_001"]);
    return { store, create, before, after, former, latter };
  };

  it("numbers from 1 again, and a handle from before restores none of the new values, cached or not", async () => {
    const { create, after, former, latter } = await open();
    for (const masker of [after, create()]) {
      expect(await masker.unmask(former.text, former)).toEqual(notIssued());
      expect(await streamed(masker, former.text, former)).toEqual(notIssued());
      expect((await masker.unmaskJson(`"${former.text}"`, former)).text).toBe(`"${former.text}"`);
      expect((await masker.unmask(latter.text, latter)).text).toBe(b);
      expect((await masker.unmask(latter.text, null, { within: "scope" })).text).toBe(b);
    }
  });

  it("isn't taken for the earlier store by an instance that still remembers it", async () => {
    const { before, latter } = await open();
    expect((await streamed(before, latter.text, latter)).text).toBe(b);
    expect((await before.unmask(latter.text, latter)).text).toBe(b);
  });

  it("lets an instance that remembers the earlier store restore its own tokens, but no other instance", async () => {
    const { create, before, former } = await open();
    const known = await before.mask(a);
    expect(known.text).toBe(former.text);
    expect((await before.unmask(known.text, known)).text).toBe(a);
    expect(await create().unmask(known.text, known)).toEqual(notIssued());
    const both = await before.mask(`${a} ${c}`);
    expect((await create().unmask(both.text, both)).text).toBe(`${a} ${c}`);
  });

  it("restores from several handles what one of them names in the store's current life, but no number that handles of two lives name", async () => {
    const { create, after, former, latter } = await open();
    const more = await after.mask(`${b} ${c}`);
    for (const masker of [after, create()]) {
      expect(await masker.unmask(more.text, [former, more])).toEqual({
        text: `NET_IPV4_001 ${c}`,
        unresolved: [{ token: "NET_IPV4_001", reason: "not-issued", start: 0 }],
      });
      expect((await masker.unmask(latter.text, [latter, more])).text).toBe(b);
    }
  });

  it.each([
    ["knows the new life", "after"],
    ["knows the former life", "before"],
    ["knows nothing", "fresh"],
  ] as const)("keeps only tokens of the store's current life, on an instance that %s", async (_, who) => {
    const { create, before, after, former, latter } = await open();
    const masker = { before, after, fresh: create() }[who];
    const again = async (text: string, keep: readonly Masked[]) => {
      const masked = await masker.mask(text, { keep });
      return { masked: masked.text, restored: (await create().unmask(masked.text, masked)).text };
    };
    const old = await again(`${former.text} ${c}`, [former]);
    expect(old.masked).not.toContain(former.text);
    expect(old.restored).toBe(`${former.text} ${c}`);
    expect((await again(`${latter.text} ${c}`, [latter])).restored).toBe(`${b} ${c}`);
    expect((await again(latter.text, [latter])).restored).toBe(b);
    expect((await again(`${former.text} ${c}`, [former, latter])).restored).toBe(`${former.text} ${c}`);
  });
});

it("a store that loses some keys, is idle or erases still restores what it holds", async () => {
  const store = forgetfulStore();
  const masker = createMasker({ backend: store.open() });
  const masked = await masker.mask(`${a} ${b}`);
  await masker.erase({ tokens: ["NET_IPV4_001"] });
  await store.lose(["n"]);
  await masker.mask(c);
  await store.lose(["b"]);
  expect((await createMasker({ backend: store.open() }).unmask(masked.text, masked)).text).toBe(`NET_IPV4_001 ${b}`);
});

it("a store that comes back empty still lets sealed tokens be restored", async () => {
  const store = forgetfulStore();
  const { backend, breakBy } = breakable(store.open());
  const masker = createMasker({ backend, encryption });
  await masker.mask(a);
  breakBy({ kind: "fail-before" });
  const masked = await masker.mask(`${a} ${c}`);
  await store.lose(everything);
  const other = createMasker({ backend: store.open(), encryption });
  await other.mask(b);
  expect((await other.unmask(masked.text, masked)).text).toBe(`NET_IPV4_001 ${c}`);
});
