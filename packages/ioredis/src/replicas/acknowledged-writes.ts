import { TooFewReplicas } from "../call/failure.ts";
import type { Connection } from "../client/connection.ts";
import type { TrackedCommand } from "../client/tracked-command.ts";

/** How long after its own timeout a WAIT may stay unanswered before the connection is given up. */
const patienceMs = 2_000;
/** The timer of a longer one would fire at once. */
const longestWaitMs = 2 ** 31 - 1 - patienceMs;

/** A write that counts only once replicas have it. */
export interface AcknowledgedWrite {
  /** Decides the node of a Cluster. */
  readonly slotKey: string;
  /** Whether nobody waits for it any more. Then it isn't sent. */
  isOver(): boolean;
  /** How many milliseconds are left until its deadline. */
  leftMs(): number;
  /** Sends it. Called once, when its turn has come. */
  send(): TrackedCommand;
  /** Called for each WAIT that is sent for it. If a WAIT serves several writes, one of them is told. */
  readonly onWait: (() => void) | undefined;
}

export interface SentWrite {
  readonly command: TrackedCommand;
  /** Rejects unless enough replicas have it in time. To be called once it is answered, when it is known where it ran. */
  acknowledgements(): Promise<void>;
}

interface Waiting {
  readonly write: AcknowledgedWrite;
  readonly begin: (sent: SentWrite) => void;
}

/**
 * Sends writes followed by WAIT, over connections that nothing else uses, because WAIT holds up whatever comes after it.
 *
 * Each node's connection has one WAIT under way at a time. Writes that come meanwhile are kept here, where they can still be
 * dropped, and are then sent together with one WAIT for all. So a replica that is away causes no backlog on the server.
 */
export class AcknowledgedWrites {
  readonly #replicas: number;
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #busy = new Set<string>();

  constructor(replicas: number) {
    this.#replicas = replicas;
  }

  /** Resolves once the write has been sent; never, if it is dropped. */
  send(connection: Connection, write: AcknowledgedWrite): Promise<SentWrite> {
    const node = connection.nodeOf(write.slotKey);
    return new Promise((begin) => {
      const waiting = this.#waiting.get(node) ?? [];
      this.#waiting.set(node, waiting);
      waiting.push({ write, begin });
      if (!this.#busy.has(node)) this.#sendWaiting(connection, node);
    });
  }

  #sendWaiting(connection: Connection, node: string): void {
    const waiting = (this.#waiting.get(node) ?? []).filter(({ write }) => !write.isOver());
    this.#waiting.delete(node);
    const [first] = waiting;
    if (first === undefined) return;
    this.#busy.add(node);
    const sent = waiting.map(({ write, begin }) => ({ write, begin, command: write.send() }));
    const timeoutMs = waitTimeout(Math.max(...waiting.map(({ write }) => write.leftMs())));
    const wait = connection.send("wait", this.#wait(timeoutMs), first.write.slotKey, first.write.onWait);
    const release = () => {
      clearTimeout(impatience);
      if (this.#busy.delete(node)) this.#sendWaiting(connection, node);
    };
    // The calls may have ended, so none of their deadlines watches over this answer.
    const impatience = setTimeout(() => {
      wait.cancel();
      wait.socket?.destroy();
      release();
    }, timeoutMs + patienceMs);
    wait.reply.then(release, release);
    for (const { write, begin, command } of sent) {
      begin({ command, acknowledgements: () => this.#acknowledgements(connection, write, command, wait) });
    }
  }

  /** A write that was redirected isn't covered by the WAIT that was sent with it, and needs another one where it has run. */
  async #acknowledgements(
    connection: Connection,
    write: AcknowledgedWrite,
    command: TrackedCommand,
    wait: TrackedCommand,
  ): Promise<void> {
    const isBehind = command.writes === 1 && command.socket === wait.socket;
    const args = this.#wait(waitTimeout(write.leftMs()));
    const { reply } = isBehind ? wait : connection.sendBehind(command, "wait", args, write.onWait);
    const count = Number(await reply);
    if (count >= this.#replicas) return;
    throw new TooFewReplicas(`only ${count} of ${this.#replicas} replicas acknowledged it in time`);
  }

  #wait(timeoutMs: number): string[] {
    return [`${this.#replicas}`, `${timeoutMs}`];
  }
}

/** Whole milliseconds above 0, since 0 means "for ever" to WAIT. */
function waitTimeout(leftMs: number): number {
  return Math.min(Math.max(1, Math.ceil(leftMs)), longestWaitMs);
}
