import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** What the proxy does with bytes. */
export type ProxyMode =
  /** Hands on everything. */
  | "pass"
  /** Hands on what clients send and drops what comes back, with the connection left open. */
  | "swallow-replies"
  /** Hands on nothing either way. What clients send is kept, and goes on in another mode. */
  | "stall"
  /** Hands on what clients send; at the first byte that would come back, cuts the connection instead. */
  | "cut-at-reply"
  /** Hands on what clients send; at the first byte that would come back, ends its own side and goes on listening. */
  | "half-close"
  /** Hands on what clients send; replaces what comes back by as many meaningless bytes. */
  | "garbage";

export interface TcpProxy {
  readonly host: string;
  readonly port: number;
  mode: ProxyMode;
  /** How long everything that comes back is held, in milliseconds. Its order stays the same. @default 0 */
  delayMs: number;
  /** Connections that clients have opened so far. */
  readonly accepted: number;
  /** Ends every connection at once, with a reset. */
  cut(): void;
  /** Refuses new connections, and cuts the present ones. */
  refuse(): Promise<void>;
  /** Listens again, on the same port. */
  accept(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a proxy on loopback, in front of a server, that can lose, delay and spoil replies, cut connections, and stall. */
export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const links = new Set<Link>();
  const settings: LinkSettings = { mode: "pass", delayMs: 0 };
  let accepted = 0;

  // Half open, so that one side can be closed without the other.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    accepted += 1;
    const link = new Link(client, target, settings);
    links.add(link);
    client.once("close", () => links.delete(link));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const proxy: TcpProxy = {
    host: "127.0.0.1",
    port,
    get mode() {
      return settings.mode;
    },
    set mode(next) {
      settings.mode = next;
      for (const link of links) link.resume();
    },
    get delayMs() {
      return settings.delayMs;
    },
    set delayMs(next) {
      settings.delayMs = next;
    },
    get accepted() {
      return accepted;
    },
    cut() {
      for (const link of links) link.cut();
    },
    async refuse() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      proxy.cut();
      await closed;
    },
    async accept() {
      if (server.listening) return;
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    },
    stop: () => proxy.refuse(),
  };
  return proxy;
}

interface LinkSettings {
  mode: ProxyMode;
  delayMs: number;
}

/** One client's connection and the one that stands for it at the server. */
class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #settings: LinkSettings;
  #held: Buffer[] = [];
  /** Resolves when everything held so far has gone back, so that nothing overtakes it. */
  #answered: Promise<void> = Promise.resolve();

  constructor(client: Socket, target: { readonly host: string; readonly port: number }, settings: LinkSettings) {
    this.#client = client;
    this.#server = connect(target.port, target.host);
    this.#settings = settings;
    for (const socket of [this.#client, this.#server]) {
      socket.setNoDelay(true);
      socket.on("error", () => this.cut());
      socket.on("close", () => this.cut());
    }
    this.#client.on("end", () => this.cut());
    this.#client.on("data", (bytes) => {
      this.#held.push(bytes);
      this.resume();
    });
    this.#server.on("data", (bytes) => {
      const held = this.#settings.delayMs === 0 ? undefined : pause(this.#settings.delayMs, undefined, { ref: false });
      this.#answered = this.#answered.then(() => held).then(() => this.#answer(bytes));
    });
  }

  resume(): void {
    if (this.#settings.mode === "stall") return;
    for (const bytes of this.#held) this.#server.write(bytes);
    this.#held = [];
  }

  cut(): void {
    this.#client.resetAndDestroy();
    this.#server.destroy();
  }

  #answer(bytes: Buffer): void {
    switch (this.#settings.mode) {
      case "pass":
        if (this.#client.writable) this.#client.write(bytes);
        break;
      case "cut-at-reply":
        this.cut();
        break;
      case "half-close":
        this.#client.end();
        break;
      case "garbage":
        if (this.#client.writable) this.#client.write(bytes.map((byte) => byte ^ 0x2a));
        break;
    }
  }
}
