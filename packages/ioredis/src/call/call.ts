import { BackendError, type BackendFailure, backoffDelay, type Linked, tellSent } from "@keyward/core";
import type { Connection } from "../client/connection.ts";
import type { TrackedCommand } from "../client/tracked-command.ts";
import type { AcknowledgedWrites } from "../replicas/acknowledged-writes.ts";
import { RefusedTogether } from "../script/refused-together.ts";
import type { ScriptCall } from "../script/script-call.ts";
import { scriptCommand } from "../script/script-command.ts";
import { acknowledgementFailure, failureOf } from "./failure.ts";
import { replyCode } from "./reply-code.ts";

export interface CallDetails {
  /** As in `BackendError.operation`. */
  readonly operation: string;
  /** `"none"`: only reads, so it may be sent again whatever happened to it. */
  readonly effect: "none" | "write";
  readonly timeoutMs: number;
  /** As in `BackendOperationOptions`. */
  readonly onSent?: ((commands: number) => void) | undefined;
}

/** What to do once there is a connection. */
type Step<Result> = (connection: Connection) => Promise<Result>;

/** One operation under way: the commands that it has sent, and what is known of their effect. */
export class Call implements Linked<Call> {
  readonly details: CallDetails;
  readonly startedAt = performance.now();
  /** Commands that have no reply yet. */
  readonly live: TrackedCommand[] = [];
  previous: Call | undefined;
  next: Call | undefined;
  /** Ends the call early. Set by the runner. */
  end: (error: unknown) => void = () => {};
  readonly #connection: Connection;
  readonly #timers: NodeJS.Timeout[] = [];
  #completed = 0;
  #lastFailure: BackendFailure | undefined;
  #roundTripMs = 0;
  #isAwaitingReplicas = false;
  #isForgotten = false;
  #over = false;

  constructor(details: CallDetails, connection: Connection) {
    this.details = details;
    this.#connection = connection;
  }

  /**
   * Sends one command and resolves with its reply. As long as it is certain that nothing was run, the command is sent again until
   * the call ends. Once it may have run, it is never sent again.
   *
   * @param slotKey decides the node of a Cluster for a command that names no key
   */
  send(name: string, args: readonly string[], slotKey?: string): Promise<unknown> {
    return this.#untilDone(false, (connection) =>
      this.#replyTo(this.#follow(connection.send(name, args, slotKey, this.#onWrite))),
    );
  }

  /** Like `send`, for a script: sends its digest, and its text if the server doesn't hold it (any more). */
  sendScript(script: ScriptCall): Promise<unknown> {
    return this.#untilDone(true, (connection) =>
      this.#replyTo(this.#follow(connection.call(this.#known(script), this.#onWrite))),
    );
  }

  /** Like `sendScript`, and resolves only once replicas have acknowledged what was written. */
  sendAcknowledged(script: ScriptCall, writes: AcknowledgedWrites): Promise<unknown> {
    const slotKey = script.keys[0] as string;
    return this.#untilDone(true, async (connection) => {
      const { command, acknowledgements } = await writes.send(connection, {
        slotKey,
        isOver: () => this.#over,
        leftMs: () => this.#leftMs,
        // Not merged with others, since each has its own deadline and may be dropped while it waits for its turn.
        send: () => this.#follow(connection.send(...scriptCommand(this.#known(script)), slotKey, this.#onWrite)),
        onWait: this.#onWrite,
      });
      const reply = await this.#replyTo(command);
      this.#isAwaitingReplicas = true;
      try {
        await acknowledgements();
      } catch (error) {
        throw this.error(acknowledgementFailure(error));
      }
      return reply;
    });
  }

  #known(script: ScriptCall): ScriptCall {
    return this.#isForgotten ? { ...script, byText: true } : script;
  }

  #follow(command: TrackedCommand): TrackedCommand {
    this.live.push(command);
    return command;
  }

  async #replyTo(command: TrackedCommand): Promise<unknown> {
    const sentAt = performance.now();
    try {
      const reply = await command.reply;
      this.#completed += 1;
      return reply;
    } catch (error) {
      this.#roundTripMs = performance.now() - sentAt;
      throw new CommandFailed(error, command.sent);
    } finally {
      this.live.splice(this.live.indexOf(command), 1);
    }
  }

  get #onWrite(): (() => void) | undefined {
    const { onSent } = this.details;
    return onSent && (() => tellSent(onSent));
  }

  /** Resolves with a connection that commands can be written to. */
  connection(): Promise<Connection> {
    return this.#untilDone(false, async (connection) => connection);
  }

  async #untilDone<Result>(isScript: boolean, step: Step<Result>): Promise<Result> {
    for (let failures = 0; ; ) {
      try {
        if (!this.#connection.isReady) await this.#connection.whenReady();
        // Nobody waits for it any more, so it needn't ever settle.
        if (this.#over) return await new Promise<never>(() => {});
        return await step(this.#connection);
      } catch (thrown) {
        if (thrown instanceof BackendError) throw thrown;
        const { error, sent } = thrown instanceof CommandFailed ? thrown : { error: thrown, sent: false };
        if (this.#isAskedFor(error)) continue;
        const failure = failureOf(error, sent, isScript);
        this.#lastFailure = failure;
        const mayRepeat = failure.outcome === "not-applied" || this.details.effect === "none";
        if (!failure.retryable || !mayRepeat) throw this.error(failure);
        failures += 1;
        // Short at first, since most refusals are soon over.
        await this.#pause(backoffDelay(failures, 5, 100));
        if (this.#isTooLate) throw this.timeoutError();
      }
    }
  }

  /** Whether the error asks for the same command in another form, which is then sent at once, however little time is left. */
  #isAskedFor(error: unknown): boolean {
    if (error instanceof RefusedTogether) return true;
    if (this.#isForgotten || replyCode(error) !== "NOSCRIPT") return false;
    this.#isForgotten = true;
    return true;
  }

  /** Waits. If the call ends first, the promise never settles, as nobody waits for it. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#over) return;
      this.#timers.push(setTimeout(resolve, milliseconds));
    });
  }

  /** The error when time is up: the last thing known to be wrong, if anything is. */
  timeoutError(): BackendError {
    const within = `within ${Math.round(this.details.timeoutMs)} ms`;
    const timeout = { code: "BACKEND_TIMEOUT", retryable: true } as const;
    if (this.#isAwaitingReplicas) {
      return this.error({ ...timeout, outcome: "unknown", reason: `too few replicas acknowledged it ${within}` });
    }
    if (this.#isSent) return this.error({ ...timeout, outcome: "unknown", reason: `no reply ${within}` });
    const connectError = this.#connection.lastError;
    const failure =
      this.#lastFailure ?? (connectError === undefined ? undefined : failureOf(connectError, false, false));
    if (failure) return this.error({ ...failure, reason: `${failure.reason}, and that didn't change ${within}` });
    return this.error({ ...timeout, outcome: "not-applied", reason: `no connection ${within}` });
  }

  error({ code, outcome, retryable, reason }: BackendFailure): BackendError {
    const { operation, effect } = this.details;
    // Part of it may be done already, since a delete over several slots is several commands.
    const maybeApplied = outcome === "unknown" || this.#isSent || this.#completed > 0;
    return new BackendError(code, `${operation}: ${reason}`, {
      operation,
      outcome: effect === "write" && maybeApplied ? "unknown" : "not-applied",
      retryable,
    });
  }

  /**
   * Whether one more attempt would hardly be answered by the deadline. Without it the call ends with the certainty that nothing
   * was applied; with it, in doubt.
   */
  get #isTooLate(): boolean {
    return this.details.effect === "write" && this.#leftMs < 3 * this.#roundTripMs;
  }

  get #leftMs(): number {
    return this.details.timeoutMs - (performance.now() - this.startedAt);
  }

  get #isSent(): boolean {
    for (const command of this.live) if (command.sent) return true;
    return false;
  }

  /** Sends nothing more. */
  stop(): void {
    this.#over = true;
    for (const command of this.live) command.cancel();
    for (const timer of this.#timers) clearTimeout(timer);
  }
}

/** Never leaves this file, since `error` holds the whole command. */
class CommandFailed {
  readonly error: unknown;
  readonly sent: boolean;

  constructor(error: unknown, sent: boolean) {
    this.error = error;
    this.sent = sent;
  }
}
