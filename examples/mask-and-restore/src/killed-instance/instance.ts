import { createBackendFromEnv, createMasker } from "keyward";

/** What an instance of the app is asked, as JSON in its first argument; the store and the key come by the environment. */
export type InstanceTask =
  | { readonly mask: string }
  | { readonly unmask: string; readonly handle: string }
  | { readonly stream: readonly string[]; readonly handle: string };

export interface InstanceAnswer {
  readonly text: string;
  /** Of what was masked. */
  readonly handle?: string;
}

/** Answers, and then goes on running until it is ended. */
async function main(task: InstanceTask): Promise<void> {
  const masker = createMasker({
    backend: createBackendFromEnv(),
    encryption: { keys: [process.env["MASK_KEY"] ?? ""] },
  });
  if ("mask" in task) {
    const { text, handle } = await masker.mask(task.mask);
    answer({ text, handle });
  } else if ("unmask" in task) {
    const { text } = await masker.unmask(task.unmask, task.handle);
    answer({ text });
  } else {
    let text = "";
    const pieces = ReadableStream.from(task.stream).pipeThrough(masker.unmaskStream(task.handle));
    for await (const piece of pieces) text += piece;
    answer({ text });
  }
  setInterval(() => undefined, 60_000);
}

function answer(message: InstanceAnswer): void {
  process.send?.(message);
}

await main(JSON.parse(process.argv[2] ?? "{}") as InstanceTask);
