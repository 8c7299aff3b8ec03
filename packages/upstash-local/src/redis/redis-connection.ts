import { Redis, type RedisOptions, ReplyError } from "ioredis";
import type { Command } from "../command/command.ts";
import type { Reply } from "../reply/reply.ts";
import { RequestError } from "../request-error.ts";
import { beforeDeadline } from "./before-deadline.ts";

/** One connection. It is opened by the first use, and opened again by the next use after it was lost. */
export interface RedisConnection {
  /**
   * Writes the commands one after the other, with nothing in between, and waits for every reply. An error reply is an `Error`
   * in its place.
   *
   * `opening` is sent and answered first, on the same connection. If it is refused, nothing else is written, and its error is the
   * only reply.
   *
   * @throws {RequestError} 503 if Redis can't be reached, 502 if the connection broke, 504 after the deadline. Nothing is
   *   ever sent again.
   */
  send(commands: readonly Command[], opening?: Command): Promise<Reply[]>;
  close(): void;
}

export function connectRedis(url: string, timeoutMs: number): RedisConnection {
  let current: OpenedClient | undefined;
  let closed = false;

  function opened(): OpenedClient {
    if (closed) throw new RequestError(503, "ERR this server is closing");
    if (current === undefined || lost.has(current.client.status)) {
      const client = createClient(url, timeoutMs);
      current = { client, ready: connectClient(client) };
      current.ready.catch(() => {}); // Those who wait for it get the error.
    }
    return current;
  }

  async function exchange(
    { client, ready }: OpenedClient,
    commands: readonly Command[],
    opening?: Command,
  ): Promise<Reply[]> {
    await ready;
    const opened = opening ? await write(client, [opening]) : [];
    return opened.some((reply) => reply instanceof Error) ? opened : write(client, commands);
  }

  return {
    async send(commands, opening) {
      const used = opened();
      return beforeDeadline(exchange(used, commands, opening), timeoutMs, () => {
        // It still owes answers that nobody waits for, and later commands would have to wait for those.
        disconnectClient(used.client);
        if (current === used) current = undefined;
      });
    },
    close() {
      closed = true;
      if (current) disconnectClient(current.client);
    },
  };
}

async function write(client: Redis, commands: readonly Command[]): Promise<Reply[]> {
  if (client.status !== "ready") throw unreachable();
  const sent = commands.map(({ name, args }) => client.callBuffer(name, [...args]) as Promise<Reply>);
  return Promise.all(sent.map((reply) => reply.catch(asReply)));
}

const lost: ReadonlySet<string> = new Set(["close", "disconnecting", "end"]);

interface OpenedClient {
  readonly client: Redis;
  readonly ready: Promise<void>;
}

/** A client that returns bytes in the shapes of RESP2, and doesn't queue, repeat or reconnect by itself. */
export function createClient(
  url: string,
  timeoutMs: number,
  { monitor = false }: Pick<RedisOptions, "monitor"> = {},
): Redis {
  const client = new Redis(url, {
    lazyConnect: true,
    protocol: 2,
    replyMapping: "legacy",
    stringNumbers: true,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: timeoutMs,
    monitor,
  });
  client.on("error", () => {}); // Each command reports it itself.
  return client;
}

/** @throws {RequestError} 503, with Redis's own words if it refuses this server. */
export async function connectClient(client: Redis): Promise<void> {
  let reason: unknown;
  client.once("error", (error) => {
    reason = error;
  });
  await client.connect().catch(() => {
    throw unreachable(reason);
  });
}

/** Disconnects from Redis. A client that has already lost it would keep the process alive for two more seconds. */
export function disconnectClient(client: Redis): void {
  if (!lost.has(client.status)) client.disconnect();
}

function unreachable(reason?: unknown): RequestError {
  const refusal = reason instanceof ReplyError ? (reason as Error).message : undefined;
  return new RequestError(503, refusal ? `ERR Redis refuses the connection: ${refusal}` : "ERR Redis can't be reached");
}

function asReply(error: unknown): Error {
  if (error instanceof ReplyError) return error as Error;
  throw new RequestError(502, "ERR the connection to Redis was lost; the command may have been run");
}
