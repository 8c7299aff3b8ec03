import type { Answer } from "./rest-transport.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const beyondAscii = /[\x80-\xff]/;

/** Reads the body of a pipeline's response; `undefined` if it isn't one with `count` answers. */
export function readAnswers(text: string, count: number): Answer[] | undefined {
  const items = parse(text);
  if (!Array.isArray(items) || items.length !== count) return undefined;
  const answers: Answer[] = [];
  for (const item of items) {
    const answer = readAnswer(item);
    if (!answer) return undefined;
    answers.push(answer);
  }
  return answers;
}

function readAnswer(item: unknown): Answer | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const { result, error } = item as { readonly result?: unknown; readonly error?: unknown };
  if (typeof error === "string") return { error };
  return result === undefined ? undefined : { result: decode(result) };
}

/** Decodes a reply. All strings except `OK` are in Base64, even nested ones; numbers and null are as they are. */
function decode(value: unknown): unknown {
  if (typeof value === "string") return value === "OK" ? value : decodeText(value);
  return Array.isArray(value) ? value.map(decode) : value;
}

/** Decodes a string. Anything that isn't Base64 becomes a value that no reply can have, so it is refused by the reader. */
function decodeText(text: string): string | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  // ASCII needs no decoding, which saves most values a second pass.
  if (!beyondAscii.test(binary)) return binary;
  const bytes = new Uint8Array(binary.length);
  for (let place = 0; place < binary.length; place += 1) bytes[place] = binary.charCodeAt(place);
  return decoder.decode(bytes);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
