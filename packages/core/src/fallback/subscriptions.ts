import type { KeyValueBackend, MessageListener, SubscribeOptions } from "../backend.ts";
import { startUnreferencedTimer } from "../timing/unreferenced-timer.ts";
import type { Route } from "./circuit.ts";
import type { OutageTest } from "./outage.ts";
import { retryDelay } from "./retry-delay.ts";

type Leave = () => Promise<void>;
type Subscribe = (backend: KeyValueBackend) => Promise<Leave>;

interface Subscription {
  readonly subscribe: Subscribe;
  readonly onGap: (() => void) | undefined;
  readonly leaveLocal: Leave | undefined;
  /** Ends it at the primary; `undefined` while the primary doesn't have it. */
  leavePrimary: Leave | undefined;
  isJoining: boolean;
  isOver: boolean;
}

export interface SubscriptionsOptions {
  /** Carries messages within this process. */
  readonly local: KeyValueBackend;
  /** Subscribes at the primary, within the deadline. */
  readonly send: (subscribe: Subscribe) => Promise<Leave>;
  readonly isOutage: OutageTest;
  readonly isTripped: () => boolean;
}

/**
 * Subscriptions are held by the primary. Those with `degrade: "local"` also hear what this process publishes while the store
 * is away, and may begin without it: they join the primary as soon as it is back.
 */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #standing = new Set<Subscription>();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  async add(channel: string, listener: MessageListener, options: SubscribeOptions, route: Route): Promise<Leave> {
    const { degrade, onGap, signal } = options;
    const subscription: Subscription = {
      subscribe: (backend) => backend.subscribe(channel, listener, options),
      onGap,
      leaveLocal: degrade === "local" ? await this.#options.local.subscribe(channel, listener) : undefined,
      leavePrimary: undefined,
      isJoining: false,
      isOver: false,
    };
    const end = async () => {
      signal?.removeEventListener("abort", abort);
      await this.#end(subscription);
    };
    // Nobody waits for the end if a signal ends it.
    const abort = () => void end().catch(() => {});
    this.#standing.add(subscription);
    try {
      signal?.throwIfAborted();
      signal?.addEventListener("abort", abort);
      if (route === "primary") await this.#join(subscription);
      // The store came back meanwhile, and only the subscriptions of that moment have joined it.
      else if (!this.#options.isTripped()) void this.#joinLate(subscription);
    } catch (error) {
      if (degrade !== "local" || signal?.aborted || !this.#options.isOutage(error)) {
        await end();
        throw signal?.aborted ? signal.reason : error;
      }
      this.#retryLater();
    }
    return end;
  }

  /** To be called when the store is back: joins those that it doesn't have, and tells all that messages may have been missed. */
  rejoin(): void {
    this.#failures = 0;
    for (const subscription of [...this.#standing]) {
      if (subscription.leavePrimary) tellGap(subscription);
      else void this.#joinLate(subscription);
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    for (const subscription of this.#standing) subscription.isOver = true;
    this.#standing.clear();
  }

  async #join(subscription: Subscription): Promise<void> {
    let isGivenUp = false;
    subscription.isJoining = true;
    try {
      const leave = await this.#options.send(async (backend) => {
        const joined = await subscription.subscribe(backend);
        // Nobody waits for it any more, so nobody else would end it.
        if (isGivenUp) joined().catch(() => {});
        return joined;
      });
      if (subscription.isOver) await leave();
      else subscription.leavePrimary = leave;
    } finally {
      isGivenUp = true;
      subscription.isJoining = false;
    }
  }

  async #joinLate(subscription: Subscription): Promise<void> {
    if (subscription.isJoining) return;
    try {
      await this.#join(subscription);
      this.#failures = 0;
      tellGap(subscription);
    } catch {
      this.#retryLater();
    }
  }

  /** Tries again later, unless there is an outage, whose end brings the next try. */
  #retryLater(): void {
    if (this.#retry !== undefined || this.#isClosed) return;
    this.#retry = startUnreferencedTimer(() => {
      this.#retry = undefined;
      if (this.#options.isTripped()) return;
      for (const subscription of [...this.#standing]) {
        if (!subscription.leavePrimary) void this.#joinLate(subscription);
      }
    }, retryDelay(this.#failures));
    this.#failures += 1;
  }

  async #end(subscription: Subscription): Promise<void> {
    subscription.isOver = true;
    this.#standing.delete(subscription);
    await Promise.all([subscription.leaveLocal?.(), subscription.leavePrimary?.()]);
  }
}

function tellGap({ onGap, isOver }: Subscription): void {
  if (isOver) return;
  try {
    onGap?.();
  } catch {
    // A listener can't break the backend.
  }
}
