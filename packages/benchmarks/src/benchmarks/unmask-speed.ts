import { Engine } from "llmasking";
import type { Benchmark } from "../benchmark.ts";
import { createLogCorpus } from "../corpora/log-corpus.ts";
import { compareSpeeds } from "../measure/compare.ts";
import { flatten } from "../measure/flatten.ts";
import { interleave } from "../measure/interleave.ts";
import { openMasker } from "./open-masker.ts";

/** About what a model's answer comes in, in characters. */
const pieceLength = 64;

/** Restoring the masked log, whole and in pieces through a stream, its values known. */
export const unmaskSpeed: Benchmark = {
  name: "unmask 1 MB log",
  async run(context) {
    const { text } = createLogCorpus(1);
    const masker = await openMasker(context);
    const masked = await masker.mask(text);
    const session = new Engine().newSession();
    const peerMasked = session.anonymize(text).masked;
    const pieces = cut(masked.text);
    const peerPieces = cut(peerMasked);

    const unmask = async (): Promise<string> => (await masker.unmask(masked.text, masked)).text;
    const unmaskPieces = (): Promise<string> =>
      readAll(ReadableStream.from(pieces).pipeThrough(masker.unmaskStream(masked)));
    const restorePieces = async (): Promise<string> => {
      const restorer = session.streamRestorer();
      const restoring = new TransformStream<string, string>({
        transform: (piece, controller) => controller.enqueue(restorer.write(piece).text),
        flush: (controller) => controller.enqueue(restorer.flush().text),
      });
      return readAll(ReadableStream.from(peerPieces).pipeThrough(restoring));
    };
    for (const restored of [await unmask(), await unmaskPieces()]) {
      if (restored !== text) throw new Error("the text isn't restored");
    }
    const [whole, peerWhole, streamed, peerStreamed] = await interleave(
      [
        { name: "keyward", run: async () => flatten(await unmask()) },
        { name: "llmasking", run: () => flatten(session.restore(peerMasked).text) },
        { name: "keyward", run: async () => flatten(await unmaskPieces()) },
        { name: "llmasking", run: async () => flatten(await restorePieces()) },
      ],
      { rounds: context.quick ? 5 : 21 },
    );
    const megabytes = text.length / 1e6;
    return [
      ...compareSpeeds("unmask 1 MB log, whole", "MB/s", megabytes, [whole!, peerWhole!]),
      ...compareSpeeds(`unmask 1 MB log, pieces of ${pieceLength}`, "MB/s", megabytes, [streamed!, peerStreamed!]),
    ];
  },
};

async function readAll(stream: ReadableStream<string>): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces.join("");
}

function cut(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, index) =>
    text.slice(index * pieceLength, (index + 1) * pieceLength),
  );
}
