import Anthropic from "@anthropic-ai/sdk";

export interface Model {
  /** Where the API is. */
  readonly url: string;
  /** @default a key that only the stand-in model takes */
  readonly apiKey?: string;
  /** @default a name that only the stand-in model takes */
  readonly model?: string;
}

/**
 * Puts a prompt to the model and gives its answer piece by piece, as it comes over the wire.
 *
 * The official client does the talking, so what is tested against the stand-in model runs unchanged against the real one.
 * A refusal fails the stream. Cancelling the stream hangs up.
 */
export function askModel(
  { url, apiKey = "stand-in", model = "stand-in" }: Model,
  prompt: string,
): ReadableStream<string> {
  const client = new Anthropic({ baseURL: url, apiKey, maxRetries: 0 });
  const message = client.messages.stream({ model, max_tokens: 64_000, messages: [{ role: "user", content: prompt }] });
  const events = message[Symbol.asyncIterator]();
  return new ReadableStream<string>({
    async pull(controller) {
      for (;;) {
        const { done, value: event } = await events.next();
        if (done === true) return controller.close();
        if (event.type === "content_block_delta" && event.delta.type === "text_delta") {
          return controller.enqueue(event.delta.text);
        }
      }
    },
    cancel() {
      message.abort();
    },
  });
}
