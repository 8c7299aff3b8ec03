import { cutEverywhere, cutShifting, reportOn, startStandInModel } from "@keyward/test-kit";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { askModel } from "./ask-model.ts";
import { converse } from "./conversation.ts";
import { startTwoInstances, type TwoInstances } from "./fixtures/two-instances.ts";
import { documentsOf, originalsOf, sampleDocuments, sensitiveValues } from "./sample-data.ts";
import { scenarios } from "./scenarios.ts";

/** Longer than any token, so that a shifting cut leaves whole tokens between two cuts. */
const longestPiece = 40;

/** Conversations under way at the same time. */
const atOnce = 4;

const forbidden = sensitiveValues.map(({ value }) => value);

let instances: TwoInstances;

beforeAll(async () => {
  instances = await startTwoInstances("scenarios");
});

afterAll(() => instances.stop());

async function startModel(options: Parameters<typeof startStandInModel>[0]) {
  const model = await startStandInModel({ forbidden, ...options });
  onTestFinished(() => model.close());
  return model;
}

test("there are twelve scenarios, and each sample document is in one", () => {
  expect(scenarios).toHaveLength(12);
  expect(scenarios.flatMap(({ files }) => files).sort()).toEqual(sampleDocuments.map(({ file }) => file));
});

describe.each(scenarios)("$name", { timeout: 90_000 }, ({ files }) => {
  const text = documentsOf(files)
    .map((document) => document.text)
    .join("\n");
  const originals = originalsOf(files);

  test("the model refuses it unmasked", async () => {
    const model = await startModel({});
    await expect(askModel(model, text).getReader().read()).rejects.toMatchObject({ status: 400 });
    expect([model.refused, model.answered]).toEqual([1, 0]);
  });

  test("another instance restores the answer exactly, wherever the stream is cut", async () => {
    const model = await startModel({ cut: cutShifting(longestPiece), chunkBytes: 97 });
    const answers = async () => {
      while (started < longestPiece) {
        started += 1;
        const conversation = await converse(text, { ...instances, model });
        const seen = [...conversation.originals.values()];
        expect(originals.filter((original) => !seen.includes(original))).toEqual([]);
        expect(conversation.answer).toBe(reportOn([...conversation.originals.keys()]));
        expect(conversation.restored === reportOn(seen)).toBe(true);
      }
    };
    let started = 0;
    await Promise.all(Array.from({ length: atOnce }, answers));
    expect([model.refused, model.answered]).toEqual([0, longestPiece]);
  });

  test("the whole document comes back, one character an event", async () => {
    const model = await startModel({ cut: cutEverywhere, answer: (prompt) => prompt });
    const { maskedText, answer, restored } = await converse(text, { ...instances, model });
    expect(answer).toBe(maskedText);
    expect(restored === text).toBe(true);
  });
});
