import type { Redis } from "ioredis";
import { connectClient, createClient, disconnectClient } from "../redis/redis-connection.ts";

/** A separate connection over which Redis sends messages, in the form of the REST protocol. */
export interface RedisFeed {
  /** Resolves once everything has been confirmed. Rejects with an error reply or an error of the connection. */
  readonly started: Promise<void>;
  stop(): void;
}

export type Listener = (message: string) => void;

export type FeedOf = (url: string, timeoutMs: number, listener: Listener, ended: () => void) => RedisFeed;

/** Messages of channels, or by `psubscribe` of patterns: `message,channel,text` or `pmessage,pattern,channel,text`. */
export function subscription(verb: "subscribe" | "psubscribe", names: readonly Buffer[]): FeedOf {
  return (url, timeoutMs, listener, ended) => {
    const client = createClient(url, timeoutMs);
    client.on("end", ended);
    // A message may come in the same packet as the confirmation, and would overtake it.
    let early: string[] | undefined = [];
    const hear = (message: string) => (early ? void early.push(message) : listener(message));
    client.on("messageBuffer", (channel: Buffer, text: Buffer) => hear(`message,${channel},${text}`));
    client.on("pmessageBuffer", (pattern: string, channel: Buffer, text: Buffer) =>
      hear(`pmessage,${pattern},${channel},${text}`),
    );

    async function start(): Promise<void> {
      await connectClient(client);
      for (const name of names) listener(`${verb},${name},${await client.call(verb, name)}`);
      for (const message of early ?? []) listener(message);
      early = undefined;
    }
    return { started: start(), stop: () => disconnectClient(client) };
  };
}

/** Every command that Redis runs, in the form of MONITOR on a terminal, after `"OK"`. */
export const monitor: FeedOf = (url, timeoutMs, listener, ended) => {
  const client = createClient(url, timeoutMs, { monitor: true });
  client.on("end", ended);
  client.on("monitor", (seconds: string, args: string[], source: string, database: string) => {
    // The client has undone only the escapes of quotes.
    const quoted = args.map((arg) => `"${arg.replaceAll('"', '\\"')}"`).join(" ");
    listener(`${seconds} [${database} ${source}] ${quoted}`);
  });
  return { started: startMonitor(client).then(() => listener('"OK"')), stop: () => disconnectClient(client) };
};

async function startMonitor(client: Redis): Promise<void> {
  const monitoring = new Promise<void>((resolve, reject) => {
    client.once("monitoring", resolve);
    client.once("error", reject);
    client.once("end", () => reject(new Error("the connection ended")));
  });
  monitoring.catch(() => {}); // connect() fails first, with a better reason.
  await connectClient(client);
  await monitoring;
}
