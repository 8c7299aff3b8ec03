import { Redis, ReplyError } from "ioredis";
import type { Command } from "../command/command.ts";
import type { Reply } from "../reply/reply.ts";
import { RequestError } from "../request-error.ts";

/** One connection that is opened by use and opened again by the next use after it was lost. */
export interface RedisConnection {
  /**
   * Writes the commands one after the other with nothing in between, and waits for every reply; an error reply is an
   * `Error` in its place.
   *
   * @throws {RequestError} 503 if Redis can't be reached, 502 if the connection broke, 504 after the deadline. Nothing is
   *   ever sent again.
   */
  send(commands: readonly Command[]): Promise<Reply[]>;
  close(): void;
}

export function connectRedis(url: string, timeoutMs: number): RedisConnection {
  const client = createClient(url, timeoutMs);
  let opening: Promise<void> | undefined;
  let closed = false;

  async function open(): Promise<void> {
    if (closed) throw new RequestError(503, "ERR this server is closing");
    if (client.status === "ready") return;
    opening ??= client.connect().finally(() => {
      opening = undefined;
    });
    await opening.catch(() => {
      throw new RequestError(503, "ERR Redis can't be reached");
    });
  }

  async function exchange(commands: readonly Command[]): Promise<Reply[]> {
    await open();
    const sent = commands.map(({ name, args }) => client.callBuffer(name, [...args]) as Promise<Reply>);
    return Promise.all(sent.map((reply) => reply.catch(asReply)));
  }

  return {
    send: (commands) =>
      beforeDeadline(exchange(commands), timeoutMs, () => {
        // It owes answers that nobody waits for any more, and whatever comes next would stand behind them.
        client.disconnect();
      }),
    close() {
      closed = true;
      client.disconnect();
    },
  };
}

/** A client that answers in bytes and RESP2, and neither queues, repeats nor reconnects by itself. */
export function createClient(url: string, timeoutMs: number): Redis {
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
  });
  client.on("error", () => {}); // Each command says so itself.
  return client;
}

function asReply(error: unknown): Error {
  if (error instanceof ReplyError) return error as Error;
  throw new RequestError(502, "ERR the connection to Redis was lost; the command may have been run");
}

async function beforeDeadline<T>(work: Promise<T>, timeoutMs: number, giveUp: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new RequestError(504, `ERR Redis didn't answer within ${timeoutMs} ms; the command may have been run`));
      giveUp();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // Given up, so its failure is nobody's news.
  }
}
