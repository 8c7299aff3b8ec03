import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encryption } from "../fixtures/lost-masker.ts";
import { unmaskPieces } from "../fixtures/masked-texts.ts";
import type { Masked } from "../masked.ts";
import { createMasker, type Masker } from "../masker.ts";
import { everything, forgetfulStore, type ScopePart } from "./fixtures/forgetful-store.ts";

const values = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"];

/** A masked text with a value or a kept token in each line, and what each line may be restored to. */
interface Kept {
  readonly masked: Masked;
  readonly own: readonly ReadonlySet<string>[];
}

interface World {
  readonly store: ReturnType<typeof forgetfulStore>;
  readonly masker: (instance: number) => Masker;
  readonly texts: Kept[];
}

type Step = (world: World) => Promise<void> | void;

const instance = fc.nat(3);
const place = fc.nat();
const at = ({ texts }: World, index: number): Kept | undefined => texts[index % Math.max(1, texts.length)];

const mask = fc
  .record({ who: instance, picked: fc.subarray(values, { minLength: 1 }), kept: fc.option(fc.array(place)) })
  .map(
    ({ who, picked, kept }): Step =>
      async (world) => {
        const former = (kept ?? []).slice(0, 2).flatMap((index) => at(world, index) ?? []);
        const keptLines = former.flatMap(({ masked }) => masked.text.split("\n"));
        const keptOwn = former.flatMap(({ own }) => own);
        const masker = world.masker(who);
        const masked = await masker.mask([...picked, ...keptLines].join("\n"), {
          keep: former.map((one) => one.masked),
        });
        const lines = masked.text.split("\n");
        const own = [
          ...picked.map((value, line) => new Set([value, lines[line]!])),
          ...keptLines.map((token, line) => new Set([...keptOwn[line]!, token, lines[picked.length + line]!])),
        ];
        world.texts.push({ masked, own });
      },
  );

const restore = fc
  .record({ who: instance, what: place, others: fc.array(place, { maxLength: 2 }), cut: fc.option(place) })
  .map(
    ({ who, what, others, cut }): Step =>
      async (world) => {
        const text = at(world, what);
        if (text === undefined) return;
        const handles = [text, ...others.flatMap((index) => at(world, index) ?? [])].map(({ masked }) => masked.handle);
        const masker = world.masker(who);
        const { masked, own } = text;
        const restored =
          cut === null
            ? (await masker.unmask(masked.text, handles)).text
            : await unmaskPieces(masker, piecesOf(masked.text, cut), handles);
        const lines = restored.split("\n");
        expect(lines).toHaveLength(own.length);
        for (const [line, allowed] of own.entries()) expect([...allowed]).toContain(lines[line]);
      },
  );

const piecesOf = (text: string, cut: number) => {
  const middle = cut % (text.length + 1);
  return [text.slice(0, middle), text.slice(middle)];
};

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: mask, weight: 8 },
  { arbitrary: restore, weight: 8 },
  {
    arbitrary: fc.subarray<ScopePart>([...everything], { minLength: 1 }).map(
      (parts): Step =>
        ({ store }) =>
          store.lose(parts),
    ),
    weight: 2,
  },
  {
    arbitrary: fc.constant<Step>(({ store }) => store.lose(everything)),
    weight: 2,
  },
  {
    arbitrary: fc.constantFrom(1, 400, 1_000, 2_000).map(
      (ms): Step =>
        ({ store }) =>
          store.wait(ms),
    ),
    weight: 3,
  },
  {
    arbitrary: fc.tuple(instance, fc.constantFrom(...values)).map(
      ([who, value]): Step =>
        async ({ masker }) => {
          const type = value.startsWith("i-") ? "AWS_EC2" : "NET_IPV4";
          await masker(who).erase({ originals: [{ type, value }] });
        },
    ),
    weight: 1,
  },
  {
    arbitrary: instance.map(
      (who): Step =>
        async ({ masker }) =>
          void (await masker(who).erase("scope")),
    ),
    weight: 1,
  },
);

describe.each([
  ["with a key", { encryption }],
  ["without a key", {}],
])("a masker %s", (_, options) => {
  it("whatever happened to the store, handles restore their own originals or nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30, size: "max" }), async (steps) => {
        const store = forgetfulStore();
        const ttls = ["1s", "400ms", "1s"] as const;
        const create = (ttl: (typeof ttls)[number]) =>
          createMasker({ backend: store.open(), ttl, detectors: ["network"], ...options });
        const lasting = ttls.map(create);
        const world: World = { store, masker: (index) => lasting[index] ?? create("1s"), texts: [] };
        for (const next of steps) await next(world);
        for (const { masked, own } of world.texts) {
          const lines = (await create("1s").unmask(masked.text, masked)).text.split("\n");
          for (const [line, allowed] of own.entries()) expect([...allowed]).toContain(lines[line]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
