import type { ResolvedOptions } from "../options.ts";
import { Connection } from "./connection.ts";
import { openClient } from "./open-client.ts";

/** A client that is made once, on first use. It connects with its first command. */
export class LazyConnection {
  readonly #options: ResolvedOptions;
  readonly #dedicated: boolean;
  #current: Connection | undefined;
  #opening: Promise<Connection> | undefined;
  #closed = false;

  /** @param dedicated never uses the app's own connection, whatever the options say: for commands that hold up others */
  constructor(options: ResolvedOptions, { dedicated = false } = {}) {
    this.#options = options;
    this.#dedicated = dedicated;
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
    const connection = new Connection(await openClient(this.#options, this.#dedicated));
    if (this.#closed) connection.close();
    this.#current = connection;
    return connection;
  }

  close(): void {
    this.#closed = true;
    this.#current?.close();
  }
}
