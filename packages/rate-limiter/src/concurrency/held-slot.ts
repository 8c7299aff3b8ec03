import { startUnreferencedTimer } from "@keyward/core";
import type { Slot } from "./slot.ts";
import { SlotLostError } from "./slot-lost-error.ts";

/** What a held slot needs from the limiter that lent it. */
export interface SlotLender {
  readonly leaseMs: number;
  /** Asks for another lease. False if the slot is lost, undefined if the store couldn't be reached. */
  renew(): Promise<boolean | undefined>;
  /** Gives the slot back and says whether the store took it. Never rejects: retries until `until`, on the monotonic clock. */
  takeBack(until: number): Promise<boolean>;
  onReleased(heldMs: number): void;
  onLost(heldMs: number): void;
}

/** How long before the end of its lease a slot counts as lost, so that its work has time to stop. */
const marginMsOf = (leaseMs: number) => Math.min(1_000, leaseMs / 10);

/**
 * Renews a slot until it is released. The lease counts from when the last answered request was sent, so it ends here before
 * it ends on the store.
 */
export class HeldSlot implements Pick<Slot, "acquired" | "signal" | "release"> {
  readonly acquired = true;
  readonly #lender: SlotLender;
  readonly #controller = new AbortController();
  readonly #takenAt: number;
  #endsAt = 0;
  #loss: ReturnType<typeof setTimeout> | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #renewing: Promise<void> | undefined;
  #released: Promise<boolean> | undefined;
  #isOver = false;
  /** The store has said that the slot is gone, so there is nothing to give back. */
  #isGone = false;

  /** @param takenAt when the slot was asked for, on the monotonic clock */
  constructor(lender: SlotLender, takenAt: number) {
    this.#lender = lender;
    this.#takenAt = takenAt;
    this.#extend(takenAt);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  release(): Promise<boolean> {
    this.#released ??= this.#release();
    return this.#released;
  }

  async #release(): Promise<boolean> {
    const isLost = this.#isOver;
    this.#end();
    if (!isLost) this.#lender.onReleased(performance.now() - this.#takenAt);
    // A renewal that reached the store after the release would take the slot again.
    await this.#renewing;
    if (this.#isGone) return false;
    return this.#lender.takeBack(this.#endsAt + marginMsOf(this.#lender.leaseMs));
  }

  #extend(confirmedAt: number): void {
    const { leaseMs } = this.#lender;
    const now = performance.now();
    this.#endsAt = confirmedAt + leaseMs - marginMsOf(leaseMs);
    clearTimeout(this.#loss);
    this.#loss = startUnreferencedTimer(() => this.#lose(), this.#endsAt - now);
    this.#renewIn(confirmedAt + leaseMs / 3 - now);
  }

  #renewIn(ms: number): void {
    this.#renewal = startUnreferencedTimer(() => {
      this.#renewing = this.#renew();
    }, ms);
  }

  async #renew(): Promise<void> {
    const { leaseMs } = this.#lender;
    const sentAt = performance.now();
    const isHeld = await this.#lender.renew();
    if (isHeld === false) this.#isGone = true;
    if (this.#isOver) return;
    if (isHeld === undefined) this.#renewIn(leaseMs / 12);
    else if (isHeld) this.#extend(sentAt);
    else this.#lose();
  }

  #lose(): void {
    this.#end();
    this.#lender.onLost(performance.now() - this.#takenAt);
    this.#controller.abort(new SlotLostError());
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#loss);
    clearTimeout(this.#renewal);
  }
}
