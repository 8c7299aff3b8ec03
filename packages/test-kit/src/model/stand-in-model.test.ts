import { request as httpRequest } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { cutEverywhere, cutShifting } from "./cut.ts";
import { reportOn } from "./report.ts";
import { type StandInModel, type StandInModelOptions, startStandInModel } from "./stand-in-model.ts";

const models: StandInModel[] = [];
afterEach(async () => {
  await Promise.all(models.splice(0).map((model) => model.close()));
});

async function start(options?: StandInModelOptions): Promise<StandInModel> {
  const model = await startStandInModel(options);
  models.push(model);
  return model;
}

const headers = { "content-type": "application/json", "x-api-key": "none", "anthropic-version": "2023-06-01" };
const prompt = "Compare AWS_EC2_001 with NET_IPV4_002, then AWS_EC2_001 again.";
const tokens = ["AWS_EC2_001", "NET_IPV4_002"];

function post(model: StandInModel, body: unknown, extra: RequestInit = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(`${model.url}/v1/messages`, { method: "POST", headers, body: text, ...extra });
}

function ask(content: unknown, rest: Record<string, unknown> = {}): Record<string, unknown> {
  return { model: "stand-in", max_tokens: 1024, messages: [{ role: "user", content }], ...rest };
}

interface WireEvent {
  readonly event: string;
  readonly data: {
    readonly type: string;
    readonly index?: number;
    readonly delta?: { readonly type?: string; readonly text?: string; readonly partial_json?: string };
  } & Record<string, unknown>;
}

function eventsIn(stream: string): WireEvent[] {
  expect(stream.endsWith("\n\n")).toBe(true);
  return stream
    .trimEnd()
    .split("\n\n")
    .map((block) => {
      const [event, data, ...rest] = block.split("\n");
      expect(rest).toEqual([]);
      return { event: event!.replace(/^event: /, ""), data: JSON.parse(data!.replace(/^data: /, "")) };
    });
}

function textOf(events: readonly WireEvent[]): string {
  return events.map(({ data }) => data.delta?.text ?? "").join("");
}

describe("a streamed answer", () => {
  test("has the documented events in the documented order", async () => {
    const response = await post(await start(), ask(prompt, { stream: true }));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const events = eventsIn(await response.text());
    expect(events.map(({ event }) => event)).toEqual([
      "message_start",
      "content_block_start",
      "ping",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    expect(events.every(({ event, data }) => event === data.type)).toBe(true);
    expect(events[0]!.data).toMatchObject({
      message: { type: "message", role: "assistant", model: "stand-in", content: [], stop_reason: null },
    });
    expect(events[1]!.data).toMatchObject({ index: 0, content_block: { type: "text", text: "" } });
    expect(events[5]!.data).toMatchObject({ delta: { stop_reason: "end_turn", stop_sequence: null } });
    expect(textOf(events)).toBe(reportOn(tokens));
  });

  test("comes one character an event, and in chunks of any size, with nothing lost", async () => {
    const model = await start({ cut: cutEverywhere, chunkBytes: 5 });
    const events = eventsIn(await (await post(model, ask(`${prompt} 👍`, { stream: true }))).text());
    const deltas = events.filter(({ event }) => event === "content_block_delta");
    expect(deltas.every(({ data }) => data.delta?.text?.length === 1)).toBe(true);
    expect(textOf(events)).toBe(reportOn(tokens));
  });

  test("is cut at other places from request to request", async () => {
    const model = await start({ cut: cutShifting(4), answer: () => "abcdefghij" });
    const pieces: string[] = [];
    for (let count = 0; count < 4; count++) {
      const events = eventsIn(await (await post(model, ask(prompt, { stream: true }))).text());
      pieces.push(events.flatMap(({ data }) => data.delta?.text ?? []).join("|"));
    }
    expect(pieces).toEqual(["a|bcde|fghi|j", "ab|cdef|ghij", "abc|defg|hij", "abcd|efgh|ij"]);
  });

  test("ends in a tool call when a tool is on offer, its arguments cut like the text", async () => {
    const model = await start({ cut: cutEverywhere });
    const tools = [{ name: "inspect", input_schema: { type: "object" } }];
    const events = eventsIn(await (await post(model, ask(prompt, { stream: true, tools }))).text());
    const starts = events.filter(({ event }) => event === "content_block_start");
    expect(starts[1]!.data).toMatchObject({
      index: 1,
      content_block: { type: "tool_use", name: "inspect", input: {} },
    });
    const input = events.map(({ data }) => data.delta?.partial_json ?? "").join("");
    expect(JSON.parse(input)).toEqual({ targets: tokens });
    expect(events.at(-2)!.data).toMatchObject({ delta: { stop_reason: "tool_use" } });
  });

  test("stops for a reader who leaves, and holds up no close", async () => {
    const model = await start({ cut: cutEverywhere, answer: () => "x".repeat(50_000), chunkBytes: 1 });
    const leave = new AbortController();
    const response = await post(model, ask(prompt, { stream: true }), { signal: leave.signal });
    await response.body!.getReader().read();
    leave.abort();
    await model.close();
    expect(model.answered).toBe(1);
  });
});

describe("a whole answer", () => {
  test("is one message", async () => {
    const model = await start();
    const response = await post(model, ask([{ type: "text", text: prompt }]));
    expect(await response.json()).toMatchObject({
      type: "message",
      role: "assistant",
      content: [{ type: "text", text: reportOn(tokens) }],
      stop_reason: "end_turn",
      usage: { input_tokens: expect.any(Number), output_tokens: expect.any(Number) },
    });
    expect(model.lastPrompt).toBe(prompt);
  });

  test("takes in the system prompt and tool results", async () => {
    const model = await start();
    const result = { type: "tool_result", tool_use_id: "toolu_1", content: [{ type: "text", text: "AWS_VPC_007" }] };
    await post(model, ask([result], { system: "You know AWS_S3_BUCKET_003." }));
    expect(model.lastPrompt).toBe("You know AWS_S3_BUCKET_003.\n\nAWS_VPC_007");
  });

  test("says so when there is no token", async () => {
    const response = await post(await start(), ask("step_3 of AWS_EC2"));
    expect(JSON.stringify(await response.json())).toContain("nothing in it");
  });
});

describe("a forbidden value", () => {
  const secret = 'db "prod"\n10.40.12.7';

  test.each([false, true])("is refused with 400 and counted, stream: %s", async (stream) => {
    const model = await start({ forbidden: [secret, "10.40.12.7"] });
    const response = await post(model, ask(`Look at ${secret}`, { stream }));
    expect(response.status).toBe(400);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({
      type: "error",
      error: { type: "invalid_request_error", message: "the request holds 2 unmasked value(s)" },
    });
    expect(body).not.toContain("10.40");
    expect([model.refused, model.answered, model.lastPrompt]).toEqual([1, 0, undefined]);
  });

  test("is refused wherever it stands: system prompt, property, header of a tool", async () => {
    const model = await start({ forbidden: [secret] });
    for (const rest of [{ system: secret }, { metadata: { user_id: secret } }, { tools: [{ name: secret }] }]) {
      expect((await post(model, ask("hello", rest))).status).toBe(400);
    }
    expect(model.refused).toBe(3);
  });
});

describe("a request that the API would turn away", () => {
  test.each<[string, unknown]>([
    ["text that isn't JSON", "{"],
    ["a list", []],
    ["no model", { max_tokens: 1, messages: [{ role: "user", content: "x" }] }],
    ["no max_tokens", { model: "stand-in", messages: [{ role: "user", content: "x" }] }],
    ["no message", { model: "stand-in", max_tokens: 1, messages: [] }],
    ["an unknown role", { model: "stand-in", max_tokens: 1, messages: [{ role: "system", content: "x" }] }],
    ["content that is no text", ask(7)],
    ["a stream that is no boolean", ask("x", { stream: "yes" })],
    ["a tool without a name", ask("x", { tools: [{}] })],
  ])("%s answers 400", async (_what, body) => {
    const response = await post(await start(), body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
  });

  test("a missing key answers 401, a missing version 400, another path 404, another method 405", async () => {
    const model = await start();
    const { "x-api-key": _key, ...withoutKey } = headers;
    const { "anthropic-version": _version, ...withoutVersion } = headers;
    expect((await post(model, ask("x"), { headers: withoutKey })).status).toBe(401);
    expect((await post(model, ask("x"), { headers: withoutVersion })).status).toBe(400);
    expect((await fetch(`${model.url}/v1/complete`, { method: "POST", headers, body: "{}" })).status).toBe(404);
    expect((await fetch(`${model.url}/v1/messages`, { headers })).status).toBe(405);
  });

  test("a body over the limit answers 413 and isn't read to its end", async () => {
    const model = await start({ maxBodyBytes: 1000 });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${model.url}/v1/messages`, { method: "POST", headers }, (response) => {
        resolve(response.statusCode);
        request.destroy();
      });
      request.on("error", reject);
      // Never ended: the answer comes all the same.
      request.write("x".repeat(2000));
    });
    expect(status).toBe(413);
  });
});

test("listens on loopback only, and close may be called twice", async () => {
  const model = await start();
  expect(model.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await Promise.all([model.close(), model.close()]);
  await expect(fetch(model.url)).rejects.toThrow();
});
