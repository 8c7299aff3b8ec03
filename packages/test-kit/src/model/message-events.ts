/** What the model says: text, and a call of a tool if one is offered. */
export interface Reply {
  readonly id: string;
  readonly model: string;
  readonly text: string;
  readonly toolCall: ToolCall | undefined;
  readonly inputTokens: number;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
}

interface MessageEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The message as one JSON object, for an answer that isn't streamed. */
export function messageOf(reply: Reply): Record<string, unknown> {
  const { toolCall } = reply;
  const content: unknown[] = [{ type: "text", text: reply.text }];
  if (toolCall !== undefined) {
    content.push({ type: "tool_use", id: toolCall.id, name: toolCall.name, input: JSON.parse(toolCall.input) });
  }
  return { ...envelope(reply), content, stop_reason: stopReason(reply), usage: usage(reply, outputTokens(reply)) };
}

/**
 * The message as the events of a stream, in the order that the API documents: `message_start`, then for each content
 * block its start, deltas and stop, then `message_delta` with the stop reason and `message_stop`. A `ping` may come at any
 * place; here it comes after the first block has begun.
 *
 * @param cut how the text of a block is split into deltas
 */
export function* messageEvents(reply: Reply, cut: (text: string) => readonly string[]): Generator<MessageEvent> {
  const { toolCall } = reply;
  yield {
    type: "message_start",
    message: { ...envelope(reply), content: [], stop_reason: null, usage: usage(reply, 1) },
  };
  yield { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } };
  yield { type: "ping" };
  for (const text of cut(reply.text)) {
    yield { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } };
  }
  yield { type: "content_block_stop", index: 0 };
  if (toolCall !== undefined) {
    const { id, name } = toolCall;
    yield { type: "content_block_start", index: 1, content_block: { type: "tool_use", id, name, input: {} } };
    for (const partial of ["", ...cut(toolCall.input)]) {
      yield { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: partial } };
    }
    yield { type: "content_block_stop", index: 1 };
  }
  yield {
    type: "message_delta",
    delta: { stop_reason: stopReason(reply), stop_sequence: null },
    usage: { output_tokens: outputTokens(reply) },
  };
  yield { type: "message_stop" };
}

/** One server-sent event. JSON has no raw line breaks, so one `data` line is always enough. */
export function serverSentEvent(event: MessageEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function envelope({ id, model }: Reply): Record<string, unknown> {
  return { id, type: "message", role: "assistant", model, stop_sequence: null };
}

function stopReason({ toolCall }: Reply): string {
  return toolCall === undefined ? "end_turn" : "tool_use";
}

function usage({ inputTokens }: Reply, outputTokenCount: number): Record<string, number> {
  return { input_tokens: inputTokens, output_tokens: outputTokenCount };
}

function outputTokens({ text, toolCall }: Reply): number {
  return tokenEstimate(text + (toolCall?.input ?? ""));
}

/** A rough count of four characters each, which only has to look plausible. */
export function tokenEstimate(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}
