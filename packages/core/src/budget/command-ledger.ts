import type { KeyValueBackend } from "../backend.ts";
import { BackendError } from "../errors/backend-error.ts";
import { createKeyspace } from "../keyspace/keyspace.ts";
import { notify } from "../observer.ts";
import { endsWithRequest } from "../runtime/ends-with-request.ts";
import { startUnreferencedTimer } from "../timing/unreferenced-timer.ts";
import type { ResolvedBudgetOptions } from "./budget-options.ts";
import type { CommandBudgetEvent } from "./command-budget-event.ts";
import { askAgainMs, isReportDue, reportPauseMs } from "./report-plan.ts";
import { type CommandReport, reportCommands } from "./scripts/report-commands.ts";

const shares: readonly CommandBudgetEvent["share"][] = [0.8, 0.95, 1];

/** How much of a month's budget is used, as far as this instance knows. */
export interface CommandBudgetStatus {
  /** Commands of all instances this month: those that the store knew at this instance's latest report, and `pending`. */
  readonly used: number;
  readonly monthly: number;
  /** By the store's clock, in UTC, such as `2026-07`. Null before the first report, and when a new month has just begun. */
  readonly month: string | null;
  /** Commands that this instance has counted and that aren't known to be in the store yet. */
  readonly pending: number;
}

/** The store's latest answer. */
interface Known {
  readonly month: string;
  readonly count: number;
  /** When the month ends, on this process's monotonic clock. */
  readonly endsAt: number;
  readonly answeredAt: number;
}

/**
 * Counts one instance's commands and adds them to the month's count in the store, one report at a time.
 *
 * Counting happens in the middle of sending a command, so it only adds a number; reports and events follow a moment later. In
 * Workers, where that moment may never come, `attend` takes its place.
 */
export class CommandLedger {
  readonly #backend: KeyValueBackend;
  readonly #options: ResolvedBudgetOptions;
  readonly #key = createKeyspace({ feature: "command-budget" }).key("all", "month");
  readonly #instance = randomName();
  #sequence = 0;
  #known: Known | undefined;
  /** Counted, and not in any report yet. */
  #pending = 0;
  #pendingSince = 0;
  /** A report that is under way, or whose outcome is unknown: it is sent again under the same name, and counts once. */
  #report: Pick<CommandReport, "name" | "commands"> | undefined;
  #reporting: Promise<void> | undefined;
  /** No report begins before this time, because one is under way or has just failed. */
  #notBefore = Number.NEGATIVE_INFINITY;
  #told: { readonly month: string; readonly share: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAttending = false;
  #isClosed = false;

  constructor(backend: KeyValueBackend, options: ResolvedBudgetOptions) {
    this.#backend = backend;
    this.#options = options;
  }

  count(commands: number): void {
    if (commands <= 0) return;
    if (this.#pending === 0) this.#pendingSince = performance.now();
    this.#pending += commands;
    if (this.#isDue || this.#unsaidShare !== undefined) this.#attendSoon();
    else this.#lookAgain();
  }

  status(): CommandBudgetStatus {
    const known = this.#current;
    const pending = this.#pending + (this.#report?.commands ?? 0);
    const { monthly } = this.#options;
    return { used: (known?.count ?? 0) + pending, monthly, month: known?.month ?? null, pending };
  }

  /**
   * Sends the report and the events that are due before it resolves, for Workers. Never waits for a report of another request,
   * and never rejects.
   *
   * @param timeoutMs how long the report may take
   */
  async attend(timeoutMs: number): Promise<void> {
    this.#tell();
    if (timeoutMs < 1 || !this.#isDue) return;
    await this.#send(timeoutMs);
    this.#tell();
  }

  /** Whether operations have to be refused. Asks the store again if its answer is old. */
  refuses(): boolean {
    if (!this.#options.refuses || this.#isClosed) return false;
    const known = this.#current;
    if (!known || this.status().used < this.#options.monthly) return false;
    // The clock of a process that was frozen lags behind, so the month may be over without its knowing.
    if (performance.now() - known.answeredAt >= askAgainMs) this.#attendSoon();
    return true;
  }

  /** Reports what is pending. Nothing is reported after that. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#reporting;
    if (this.status().pending > 0) await this.#send();
  }

  /** What is known about the present month. */
  get #current(): Known | undefined {
    return this.#known && performance.now() < this.#known.endsAt ? this.#known : undefined;
  }

  get #isDue(): boolean {
    const now = performance.now();
    if (this.#isClosed || now < this.#notBefore) return false;
    const known = this.#current;
    if (!known) return true;
    if (this.#report || isReportDue(this.#pending, now - this.#pendingSince, this.#options.monthly)) return true;
    return this.#options.refuses && this.status().used >= this.#options.monthly && now - known.answeredAt >= askAgainMs;
  }

  /** The highest share that has been reached and that the observer hasn't been told. */
  get #unsaidShare(): CommandBudgetEvent["share"] | undefined {
    const month = this.#current?.month;
    if (month === undefined) return undefined;
    const said = this.#told?.month === month ? this.#told.share : 0;
    const { used, monthly } = this.status();
    return shares.filter((share) => share > said && used >= share * monthly).at(-1);
  }

  #attendSoon(): void {
    if (this.#isAttending || endsWithRequest()) return;
    this.#isAttending = true;
    queueMicrotask(() => {
      this.#isAttending = false;
      this.#tell();
      if (!this.#isDue) return;
      this.#reporting = this.#send().then(() => {
        this.#tell();
        if (this.status().pending > 0) this.#lookAgain();
      });
    });
  }

  #tell(): void {
    const reached = this.#unsaidShare;
    const { used, monthly, month } = this.status();
    if (reached === undefined || month === null) return;
    const said = this.#told?.month === month ? this.#told.share : 0;
    this.#told = { month, share: reached };
    for (const share of shares) {
      if (share <= said || share > reached) continue;
      notify(this.#options.observer, { type: "budget.threshold", share, used, monthly, month });
    }
  }

  /** Looks again later, so that a small rest, or a report that failed, is sent even if no command follows. */
  #lookAgain(): void {
    if (this.#timer !== undefined || this.#isClosed || endsWithRequest()) return;
    this.#timer = startUnreferencedTimer(() => {
      this.#timer = undefined;
      if (this.#isDue) this.#attendSoon();
      else if (this.status().pending > 0) this.#lookAgain();
    }, reportPauseMs);
  }

  /** Never rejects, since only the next report waits for it. */
  async #send(timeoutMs = Number.POSITIVE_INFINITY): Promise<void> {
    if (!this.#report) {
      this.#sequence += 1;
      this.#report = { name: `${this.#instance}:${this.#sequence}`, commands: this.#pending };
      this.#pending = 0;
    }
    const report = this.#report;
    const known = this.#known && { month: this.#known.month, count: this.#known.count };
    let sendings = 0;
    const onSent = (commands: number) => {
      sendings += commands;
      this.#pending += commands;
    };
    const startedAt = performance.now();
    this.#pendingSince = startedAt;
    // If the runtime ends the request that sends a report, its answer never comes. The next attempt is just as good, since it
    // has the same name.
    this.#notBefore = startedAt + reportPauseMs;
    try {
      const options = Number.isFinite(timeoutMs) ? { onSent, timeoutMs } : { onSent };
      const answer = await this.#backend.run(reportCommands, [this.#key], { ...report, known }, options);
      this.#settle(sendings);
      if (this.#report !== report) return;
      const answeredAt = performance.now();
      this.#known = { month: answer.month, count: answer.count, endsAt: answeredAt + answer.leftMs, answeredAt };
      this.#report = undefined;
      this.#notBefore = Number.NEGATIVE_INFINITY;
    } catch (error) {
      if (!BackendError.is(error) || error.outcome === "unknown") this.#settle(sendings);
    }
  }

  /** Takes off the EVALSHA that ran the script, which the script itself has counted. */
  #settle(sendings: number): void {
    if (sendings > 0) this.#pending -= 1;
  }
}

function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
