import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunksOf, cutSomewhere, hostileText, testTypes } from "../tokens/corpus/hostile-text.ts";
import { createTokenFormat } from "../tokens/token-format.ts";
import { createTokenReader } from "../tokens/token-reader.ts";
import { restore, type TokenLookup } from "../unmask/restore.ts";
import { createUnmaskStream, type Passed, type UnmaskStream } from "./unmask-stream.ts";

const reader = createTokenReader(createTokenFormat(), testTypes);

const lookup: TokenLookup = ({ type, number, seal }) =>
  number === undefined || number % 2 === 1
    ? { original: `<${type}:${number ?? seal} AWS_EC2_001 $&>` }
    : { reason: "not-issued" };

async function collect(stream: UnmaskStream, chunks: readonly string[]): Promise<string[]> {
  const source = new ReadableStream<string>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const out: string[] = [];
  for await (const piece of source.pipeThrough(stream)) out.push(piece);
  return out;
}

describe("createUnmaskStream", () => {
  it("gives the same as restoring the whole text, however it is cut", async () => {
    const cutText = hostileText().chain((text) => fc.tuple(fc.constant(text), cutSomewhere(text)));
    await fc.assert(
      fc.asyncProperty(cutText, async ([text, chunks]) => {
        const stream = createUnmaskStream(reader, () => lookup);
        const streamed = (await collect(stream, chunks)).join("");
        expect({ text: streamed, unresolved: stream.unresolved }).toEqual(restore(text, reader.read(text), lookup));
      }),
    );
  });

  it("asks again for each piece, once for all of its tokens", async () => {
    const questions: string[][] = [];
    const stream = createUnmaskStream(reader, async (references) => {
      questions.push(references.map(({ type, number }) => `${type} ${number}`));
      return lookup;
    });
    await collect(stream, ["AWS_EC2_001, NET_IPV4_001 and AWS_EC2_001. ", "AWS_EC2_001 ", "aws_ec2_001 NET_IPV4_003."]);
    expect(questions).toEqual([["AWS_EC2 1", "NET_IPV4 1", "AWS_EC2 1"], ["AWS_EC2 1"], ["AWS_EC2 1", "NET_IPV4 3"]]);
  });

  it("asks again for a token that was unavailable", async () => {
    let isUp = false;
    const stream = createUnmaskStream(reader, () => () => {
      const resolution = isUp ? { original: "i-1" } : { reason: "unavailable" as const };
      isUp = true;
      return resolution;
    });
    expect((await collect(stream, ["AWS_EC2_001 ", "AWS_EC2_001 "])).join("")).toBe("AWS_EC2_001 i-1 ");
    expect(stream.unresolved).toEqual([{ token: "AWS_EC2_001", reason: "unavailable", start: 0 }]);
  });

  it("passes text without tokens on chunk by chunk, and looks nothing up", async () => {
    const stream = createUnmaskStream(reader, () => {
      throw new Error("nothing to ask for");
    });
    const chunks = ["The server ", "is idle. ", "서버는 ", "괜찮습니다."];
    expect(await collect(stream, chunks)).toEqual(chunks);
  });

  it("takes no more chunks than its reader asks for", async () => {
    let pulled = 0;
    const endless = new ReadableStream<string>({
      pull(controller) {
        pulled++;
        controller.enqueue("AWS_EC2_001 ");
      },
    });
    const output = endless.pipeThrough(createUnmaskStream(reader, () => lookup)).getReader();
    for (let index = 0; index < 10; index++) await output.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(pulled).toBeLessThanOrEqual(14);
    await output.cancel();
  });

  it("fails with the error of the look-up", async () => {
    const failure = new Error("store is down");
    const stream = createUnmaskStream(reader, () => Promise.reject(failure));
    await expect(collect(stream, ["AWS_EC2_001 "])).rejects.toBe(failure);
  });

  it("fails if getting ready fails, even if the text has no token", async () => {
    const failure = new Error("no such handle");
    const stream = createUnmaskStream(reader, () => lookup, { ready: Promise.reject(failure) });
    await expect(collect(stream, ["The server is idle."])).rejects.toBe(failure);
  });

  it("tells once at its end what passed through", async () => {
    const ends: Passed[] = [];
    const stream = createUnmaskStream(reader, () => lookup, { onEnd: (passed) => ends.push(passed) });
    await collect(stream, ["AWS_EC2_001, AWS_EC2_002 and ", "AWS_EC2_002"]);
    const unresolved = [{ token: "AWS_EC2_002", reason: "not-issued", start: 13 }];
    expect(ends).toEqual([{ textLength: 40, tokens: 3, unresolved }]);
  });

  it("tells what passed through when its reader cancels, and nothing when it fails", async () => {
    const ends: Passed[] = [];
    const onEnd = (passed: Passed) => ends.push(passed);
    const stream = createUnmaskStream(reader, () => lookup, { onEnd });
    const output = stream.readable.getReader();
    await Promise.all([output.read(), stream.writable.getWriter().write("AWS_EC2_001 ")]);
    await output.cancel();
    expect(ends).toEqual([{ textLength: 12, tokens: 1, unresolved: [] }]);
    const failing = createUnmaskStream(reader, () => Promise.reject(new Error("store is down")), { onEnd });
    await expect(collect(failing, ["AWS_EC2_001 "])).rejects.toThrow("store is down");
    expect(ends).toHaveLength(1);
  });

  it("passes nothing before it is ready", async () => {
    let becomeReady: () => void = () => {};
    const ready = new Promise<void>((resolve) => {
      becomeReady = resolve;
    });
    const stream = createUnmaskStream(reader, () => lookup, { ready });
    const events: string[] = [];
    const collected = collect(stream, ["The server is idle."]).then(() => events.push("passed"));
    await new Promise((resolve) => setImmediate(resolve));
    events.push("ready");
    becomeReady();
    await collected;
    expect(events).toEqual(["ready", "passed"]);
  });

  it("fails with the error of its source", async () => {
    const failure = new Error("model hung up");
    const source = new ReadableStream<string>({ start: (controller) => controller.error(failure) });
    const output = source.pipeThrough(createUnmaskStream(reader, () => lookup)).getReader();
    await expect(output.read()).rejects.toBe(failure);
  });

  it("refuses bytes, and says what to do", async () => {
    const stream = createUnmaskStream(reader, () => lookup);
    const writer = stream.writable.getWriter();
    const written = writer.write(new TextEncoder().encode("AWS_EC2_001") as unknown as string);
    await expect(stream.readable.getReader().read()).rejects.toThrow(/TextDecoderStream/);
    await expect(written).rejects.toThrow(/TextDecoderStream/);
  });

  it("aborts a look-up under way when its reader cancels, and drops the answer", async () => {
    let signal: AbortSignal | undefined;
    let answer: (lookup: TokenLookup) => void = () => {};
    let asked: () => void = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const stream = createUnmaskStream(reader, (_, given) => {
      signal = given;
      asked();
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const output = stream.readable.getReader();
    const writer = stream.writable.getWriter();
    const written = writer.write("AWS_EC2_001 ").catch((error: unknown) => error);
    const read = output.read();
    await isAsked;
    await output.cancel("enough");
    expect(signal?.aborted).toBe(true);
    answer(lookup);
    expect(await written).toBeUndefined();
    expect(await read).toEqual({ done: true, value: undefined });
  });

  it("restores an answer that arrives one character at a time", async () => {
    const stream = createUnmaskStream(reader, () => () => ({ original: "i-1" }));
    const out = await collect(stream, chunksOf("**AWS_EC2_001** is idle, `AWS EC2 001` too: AWS_EC2_001", 1));
    expect(out.join("")).toBe("**i-1** is idle, `i-1` too: i-1");
  });
});
