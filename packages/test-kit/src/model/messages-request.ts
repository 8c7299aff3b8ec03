/** As much of the body of `POST /v1/messages` as the stand-in model reads. */
export interface MessagesRequest {
  readonly model: string;
  readonly stream: boolean;
  /** Everything that was said to it, in order: the system prompt, then the text and tool results of each message. */
  readonly prompt: string;
  /** The first tool that is offered. The answer then ends with a call of it. */
  readonly tool: string | undefined;
}

/** A body that the API would reject, and why. The message quotes nothing of the body. */
export class InvalidMessagesRequest extends Error {}

/** @throws {InvalidMessagesRequest} if the body isn't a Messages request */
export function readMessagesRequest(body: string): MessagesRequest {
  const request = asRecord(parse(body), "the body");
  const { model, max_tokens: maxTokens, messages, stream, system, tools } = request;
  if (typeof model !== "string" || model === "") throw new InvalidMessagesRequest("model: Field required");
  if (!Number.isInteger(maxTokens) || (maxTokens as number) < 1) {
    throw new InvalidMessagesRequest("max_tokens: Input should be a whole number above 0");
  }
  if (stream !== undefined && typeof stream !== "boolean") {
    throw new InvalidMessagesRequest("stream: Input should be a boolean");
  }
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new InvalidMessagesRequest("messages: at least one message is required");
  }
  const parts = system === undefined ? [] : textsOf(system, "system");
  messages.forEach((message, index) => {
    const { role, content } = asRecord(message, `messages.${index}`);
    if (role !== "user" && role !== "assistant") {
      throw new InvalidMessagesRequest(`messages.${index}.role: Input should be 'user' or 'assistant'`);
    }
    parts.push(...textsOf(content, `messages.${index}.content`));
  });
  return { model, stream: stream === true, prompt: parts.join("\n\n"), tool: firstToolName(tools) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidMessagesRequest("the body isn't valid JSON");
  }
}

function asRecord(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidMessagesRequest(`${field}: Input should be an object`);
  }
  return value as Record<string, unknown>;
}

/** The texts of some content: a string, or a list of blocks, which may hold content themselves (tool results). */
function textsOf(content: unknown, field: string): string[] {
  if (typeof content === "string") return [content];
  if (!Array.isArray(content)) throw new InvalidMessagesRequest(`${field}: Input should be a string or a list`);
  return content.flatMap((item, index) => {
    const block = asRecord(item, `${field}.${index}`);
    if (block["type"] === "text" && typeof block["text"] === "string") return [block["text"]];
    if (block["type"] === "tool_use") return [JSON.stringify(block["input"] ?? {})];
    if (block["content"] !== undefined) return textsOf(block["content"], `${field}.${index}.content`);
    return [];
  });
}

function firstToolName(tools: unknown): string | undefined {
  if (tools === undefined) return undefined;
  if (!Array.isArray(tools)) throw new InvalidMessagesRequest("tools: Input should be a list");
  if (tools.length === 0) return undefined;
  const { name } = asRecord(tools[0], "tools.0");
  if (typeof name !== "string" || name === "") throw new InvalidMessagesRequest("tools.0.name: Field required");
  return name;
}
