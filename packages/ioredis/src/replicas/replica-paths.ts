import { CallRunner } from "../call/call-runner.ts";
import { LazyConnection } from "../client/lazy-connection.ts";
import type { ResolvedOptions } from "../options.ts";
import { AcknowledgedWrites } from "./acknowledged-writes.ts";

/** Runs the steps that wait for the same number of replicas. */
export interface ReplicaPath {
  readonly runner: CallRunner;
  readonly writes: AcknowledgedWrites;
}

/**
 * A connection for each number of replicas that is asked for, made on first use. So steps that wait for two replicas don't hold
 * up those that wait for one, and neither hold up anything else.
 */
export class ReplicaPaths {
  readonly #options: ResolvedOptions;
  readonly #paths = new Map<number, ReplicaPath & { readonly connection: LazyConnection }>();
  #closed = false;

  constructor(options: ResolvedOptions) {
    this.#options = options;
  }

  /** Whether any of the connections has been made. */
  get areOpen(): boolean {
    for (const { connection } of this.#paths.values()) if (connection.current) return true;
    return false;
  }

  to(replicas: number): ReplicaPath {
    const known = this.#paths.get(replicas);
    if (known) return known;
    const connection = new LazyConnection(this.#options, { dedicated: true });
    const runner = new CallRunner(connection, this.#options.timeoutMs);
    const path = { connection, runner, writes: new AcknowledgedWrites(replicas) };
    this.#paths.set(replicas, path);
    if (this.#closed) this.close();
    return path;
  }

  close(): void {
    this.#closed = true;
    for (const { connection, runner } of this.#paths.values()) {
      runner.close();
      connection.close();
    }
  }
}
