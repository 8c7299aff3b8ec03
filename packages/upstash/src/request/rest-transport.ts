import type { Redis } from "@upstash/redis";
import { connectionFailure } from "../call/connection-failure.ts";
import { failureOfStatus, invalidReply, RequestFailed } from "../call/rest-failure.ts";
import type { AddressSource } from "../options.ts";
import type { Command } from "./command.ts";
import { post } from "./post.ts";
import { readAnswers } from "./read-answers.ts";

/** The answer to one command of a request. */
export interface Answer {
  readonly result?: unknown;
  readonly error?: string;
}

/** Carries commands to the server in one request. */
export interface Transport {
  /**
   * Sends the commands once, and resolves with an answer for each.
   *
   * @throws {RequestFailed} if the request as a whole has failed.
   */
  send(commands: readonly Command[], signal: AbortSignal): Promise<readonly Answer[]>;
}

/**
 * The client makes the commands and knows the address, but the request is made here.
 *
 * The client's own HTTP layer hides the status, so that nobody could tell a refusal (401, 429) from a gateway that may have
 * passed the request on (502). It also drops a leading byte order mark from values.
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
    // With it, later reads see what has been written, whichever replica serves them. A request that was under way
    // meanwhile may bring an older one.
    if (!isRead) writes += 1;
    if (!isRead || writes === writesBefore) syncToken = response.headers.get("upstash-sync-token") ?? syncToken;
    const answers = readAnswers(text, (commands as readonly unknown[]).length);
    if (!answers) throw new RequestFailed(invalidReply("something other than a result for each command"));
    return answers;
  }

  // The client lets others handle its requests through this.
  client.use((({ path = [], body }) => request(path, body)) as Parameters<Redis["use"]>[0]);

  return {
    async send(commands, signal) {
      const pipeline = client.pipeline();
      for (const command of commands) command.addTo(pipeline);
      // `exec` calls `request` before it returns its promise.
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
    // A status other than 2xx says enough without its text.
    if (!response.ok) return "";
    throw new RequestFailed(connectionFailure(error));
  }
}
