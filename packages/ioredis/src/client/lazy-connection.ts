import type { ResolvedOptions } from "../options.ts";
import { Connection } from "./connection.ts";
import { openClient } from "./open-client.ts";

/** A client that is made on first use, once; it connects with its first command. */
export class LazyConnection {
  readonly #options: ResolvedOptions;
  #current: Connection | undefined;
  #opening: Promise<Connection> | undefined;
  #closed = false;

  constructor(options: ResolvedOptions) {
    this.#options = options;
  }

  /** The connection if it is open already. */
  get current(): Connection | undefined {
    return this.#current;
  }

  open(): Promise<Connection> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<Connection> {
    const connection = new Connection(await openClient(this.#options));
    if (this.#closed) connection.close();
    this.#current = connection;
    return connection;
  }

  close(): void {
    this.#closed = true;
    this.#current?.close();
  }
}
