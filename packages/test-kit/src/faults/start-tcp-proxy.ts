import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What the proxy does with bytes. */
export type ProxyMode =
  /** Hands on everything. */
  | "pass"
  /** Hands on what clients send and drops what comes back, with the connection left open. */
  | "swallow-replies"
  /** Hands on nothing either way: what clients send waits here, and goes on in another mode. */
  | "stall"
  /** Hands on what clients send; at the first byte that would come back, cuts the connection instead. */
  | "cut-at-reply";

export interface TcpProxy {
  readonly host: string;
  readonly port: number;
  mode: ProxyMode;
  /** Connections that clients have opened so far. */
  readonly accepted: number;
  /** Ends every connection at once, with a reset. */
  cut(): void;
  /** Refuses new connections, and cuts the ones there are. */
  refuse(): Promise<void>;
  /** Listens again, on the same port. */
  accept(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a proxy on loopback in front of a server, to lose replies, cut connections and stall. */
export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const links = new Set<Link>();
  let mode: ProxyMode = "pass";
  let accepted = 0;

  const server = createServer((client) => {
    accepted += 1;
    const link = new Link(client, target, () => mode);
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
      return mode;
    },
    set mode(next) {
      mode = next;
      for (const link of links) link.resume();
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

/** One client's connection and the one that stands for it at the server. */
class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #mode: () => ProxyMode;
  #held: Buffer[] = [];

  constructor(client: Socket, target: { readonly host: string; readonly port: number }, mode: () => ProxyMode) {
    this.#client = client;
    this.#server = connect(target.port, target.host);
    this.#mode = mode;
    for (const socket of [this.#client, this.#server]) {
      socket.setNoDelay(true);
      socket.on("error", () => this.cut());
      socket.on("close", () => this.cut());
    }
    this.#client.on("data", (bytes) => {
      this.#held.push(bytes);
      this.resume();
    });
    this.#server.on("data", (bytes) => {
      if (this.#mode() === "cut-at-reply") this.cut();
      else if (this.#mode() === "pass") this.#client.write(bytes);
    });
  }

  resume(): void {
    if (this.#mode() === "stall") return;
    for (const bytes of this.#held) this.#server.write(bytes);
    this.#held = [];
  }

  cut(): void {
    this.#client.resetAndDestroy();
    this.#server.destroy();
  }
}
