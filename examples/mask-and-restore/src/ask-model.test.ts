import { cutEverywhere, reportOn, startStandInModel } from "@keyward/test-kit";
import { expect, onTestFinished, test } from "vitest";
import { askModel } from "./ask-model.ts";

async function collect(stream: ReadableStream<string>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

async function start(options: Parameters<typeof startStandInModel>[0]) {
  const model = await startStandInModel(options);
  onTestFinished(() => model.close());
  return model;
}

test("the official client reads the stand-in model's stream, one character an event and five bytes a write", async () => {
  const model = await start({ cut: cutEverywhere, chunkBytes: 5 });
  const pieces = await collect(askModel(model, "Look at AWS_EC2_001 and PII_EMAIL_002."));
  expect(pieces.every((piece) => piece.length === 1)).toBe(true);
  expect(pieces.join("")).toBe(reportOn(["AWS_EC2_001", "PII_EMAIL_002"]));
});

test("the official client reports the stand-in model's refusal", async () => {
  const model = await start({ forbidden: ["10.40.1.17"] });
  await expect(collect(askModel(model, "ping 10.40.1.17"))).rejects.toMatchObject({
    status: 400,
    type: "invalid_request_error",
  });
  expect(model.refused).toBe(1);
});

test("who cancels the answer hangs up", async () => {
  const model = await start({ cut: cutEverywhere, answer: () => "x".repeat(20_000) });
  const reader = askModel(model, "AWS_EC2_001").getReader();
  expect(await reader.read()).toEqual({ done: false, value: "x" });
  await reader.cancel();
  await model.close();
});
