import type { Redis } from "@upstash/redis";
import { connectionFailure } from "../call/connection-failure.ts";
import { failureOfStatus, invalidReply, RequestFailed } from "../call/rest-failure.ts";
import type { AddressSource } from "../options.ts";
import type { Command } from "./command.ts";
import { post } from "./post.ts";
import { readAnswers } from "./read-answers.ts";

/** What came of one command of a request. */
export interface Answer {
  readonly result?: unknown;
  readonly error?: string;
}

/** Carries commands to the server in one request. */
export interface Transport {
  /**
   * Sends them once, and resolves with as many answers.
   *
   * @throws {RequestFailed} if the request as a whole came to nothing.
   */
  send(commands: readonly Command[], signal: AbortSignal): Promise<readonly Answer[]>;
}

/**
 * The client makes the commands and says where they go; the request itself is made here.
 *
 * The client's own HTTP layer keeps the status to itself, so that a refusal (401, 429) can't be told from a gateway that
 * may have passed the request on (502), and it drops a leading byte order mark from values.
 */
export function createTransport(address: AddressSource, Client: typeof Redis): Transport {
  const client = new Client({
    ...address,
    automaticDeserialization: false,
    enableAutoPipelining: false,
    retry: { retries: 0 },
    enableTelemetry: false,
  });
  let leaving: Leaving | undefined;
  let syncToken = "";
  let writes = 0;

  async function request(path: readonly string[], commands: unknown): Promise<readonly Answer[]> {
    const { signal, isRead } = leaving as Leaving;
    const writesBefore = writes;
    const url = [address.url, ...path].join("/");
    const headers = { "Upstash-Encoding": "base64", "upstash-sync-token": syncToken };
    const response = await post({ url, token: address.token, headers, body: JSON.stringify(commands), signal });
    const text = await bodyOf(response);
    if (!response.ok) throw new RequestFailed(failureOfStatus(response.status, text));
    // Reads that follow see what has been written, whichever replica serves them. One that was on its way meanwhile may
    // know less.
    if (!isRead) writes += 1;
    if (!isRead || writes === writesBefore) syncToken = response.headers.get("upstash-sync-token") ?? syncToken;
    const answers = readAnswers(text, (commands as readonly unknown[]).length);
    if (!answers) throw new RequestFailed(invalidReply("something other than a result for each command"));
    return answers;
  }

  // The client's seam for whoever handles its requests.
  client.use((({ path = [], body }) => request(path, body)) as Parameters<Redis["use"]>[0]);

  return {
    async send(commands, signal) {
      const pipeline = client.pipeline();
      for (const command of commands) command.addTo(pipeline);
      // `exec` comes to `request` before it gives back its promise.
      leaving = { signal, isRead: commands.every(({ effect }) => effect === "none") };
      return (await pipeline.exec({ keepErrors: true })) as readonly Answer[];
    },
  };
}

interface Leaving {
  readonly signal: AbortSignal;
  readonly isRead: boolean;
}

async function bodyOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    // What a status other than 2xx says is known without its text.
    if (!response.ok) return "";
    throw new RequestFailed(connectionFailure(error));
  }
}
