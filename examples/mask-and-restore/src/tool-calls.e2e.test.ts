import Anthropic from "@anthropic-ai/sdk";
import { cutEverywhere, cutShifting, type StandInModelOptions, startStandInModel } from "@keyward/test-kit";
import type { Masked } from "keyward";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startTwoInstances, type TwoInstances } from "./fixtures/two-instances.ts";
import { documentsOf, originalsOf, sensitiveValues } from "./sample-data.ts";
import { scenarios } from "./scenarios.ts";

const forbidden = sensitiveValues.map(({ value }) => value);
const account = 210987654321;

let instances: TwoInstances;

beforeAll(async () => {
  instances = await startTwoInstances("tool-calls");
});

afterAll(() => instances.stop());

/** A turn in which a tool's result comes back: text, JSON in a string, and numbers that are values themselves. */
function requestAbout(documents: readonly { readonly file: string; readonly text: string }[]): string {
  const result = { account, documents: documents.map(({ file, text }) => ({ file, text })) };
  const call = { type: "tool_use", id: "toolu_first", name: "read_documents", input: { account, wanted: 9 } };
  return JSON.stringify({
    model: "stand-in",
    max_tokens: 8_000,
    system: "You look after an account.",
    tools: [
      {
        name: "inspect_targets",
        description: "Looks closer at resources",
        input_schema: { type: "object", properties: { targets: { type: "array" } }, required: ["targets"] },
      },
    ],
    messages: [
      { role: "user", content: `Look at account ${account}.` },
      { role: "assistant", content: [call] },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "toolu_first", content: JSON.stringify(result) },
          ...documents.map(({ text }) => ({ type: "text", text })),
        ],
      },
    ],
  });
}

async function startModel(options: StandInModelOptions = {}) {
  const model = await startStandInModel({ forbidden: [...forbidden, String(account)], ...options });
  onTestFinished(() => model.close());
  return { model, client: new Anthropic({ baseURL: model.url, apiKey: "stand-in", maxRetries: 0 }) };
}

/** The input of the tool call that the model answers a masked request with, put together from its pieces. */
async function streamedInput(client: Anthropic, { text }: Masked): Promise<string> {
  const request = JSON.parse(text) as Anthropic.MessageCreateParamsNonStreaming;
  let input = "";
  for await (const event of await client.messages.create({ ...request, stream: true })) {
    if (event.type !== "content_block_delta" || event.delta.type !== "input_json_delta") continue;
    input += event.delta.partial_json;
  }
  return input;
}

describe.each(scenarios)("tool calls about $name", { timeout: 60_000 }, ({ files }) => {
  const documents = documentsOf(files);
  const request = requestAbout(documents);
  const everything = documents.map(({ text }) => text).join("\n");

  test("the model refuses the request unmasked", async () => {
    const { model, client } = await startModel();
    await expect(client.messages.create(JSON.parse(request))).rejects.toMatchObject({ status: 400 });
    expect([model.refused, model.answered]).toEqual([1, 0]);
  });

  test("the masked request is the same JSON but for its values, and comes back to the letter", async () => {
    const masked = await instances.masking.maskJson(request);
    const seen = JSON.parse(masked.text);
    const { tools, model, max_tokens, messages } = JSON.parse(request);
    expect(seen).toMatchObject({
      tools,
      model,
      max_tokens,
      messages: messages.map(({ role }: { role: string }) => ({ role })),
    });
    expect(seen.messages[1].content[0].input).toEqual({
      account: expect.stringMatching(/^JSON_NUMBER_\d+$/),
      wanted: 9,
    });
    expect((await instances.restoring.unmaskJson(masked.text, masked)).text === request).toBe(true);
  });

  test.each([
    ["one character an event", cutEverywhere],
    ["in pieces that cut tokens", cutShifting(7)],
  ])("another instance restores a call's input that comes %s", async (_how, cut) => {
    const { model, client } = await startModel({ cut, answer: () => "I look closer." });
    const masked = await instances.masking.maskJson(request);
    const { text, unresolved } = await instances.restoring.unmaskJson(await streamedInput(client, masked), masked);
    expect([model.refused, model.answered, unresolved]).toEqual([0, 1, []]);
    const { targets } = JSON.parse(text) as { targets: readonly (string | number)[] };
    expect(targets).toContain(account);
    const names = targets.filter((target) => typeof target === "string");
    expect(originalsOf(files).filter((original) => !names.includes(original))).toEqual([]);
    expect(names.filter((name) => !everything.includes(name) && name !== String(account))).toEqual([]);
  });

  test("another instance restores an answer's body that comes whole", async () => {
    const { client } = await startModel();
    const masked = await instances.masking.maskJson(request);
    const answer = await client.messages.create(JSON.parse(masked.text)).asResponse();
    const { text, unresolved } = await instances.restoring.unmaskJson(await answer.text(), masked);
    const [prose, call] = (JSON.parse(text) as Anthropic.Message).content;
    expect(unresolved).toEqual([]);
    expect(call).toMatchObject({ type: "tool_use", input: { targets: expect.arrayContaining([account]) } });
    for (const original of originalsOf(files))
      expect((prose as Anthropic.TextBlock).text.includes(original)).toBe(true);
  });
});
