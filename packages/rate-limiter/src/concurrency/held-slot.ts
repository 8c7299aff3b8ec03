import { startUnreferencedTimer } from "@keyward/core";
import type { Slot } from "./slot.ts";
import { SlotLostError } from "./slot-lost-error.ts";

/** What a slot needs of the limiter that it is from. */
export interface SlotLender {
  readonly leaseMs: number;
  /** Whether it has the slot for another lease; undefined where the store can't say. */
  renew(): Promise<boolean | undefined>;
  /** Whether the store has taken it back. Never rejects; tries again until `until`, on the monotonic clock. */
  takeBack(until: number): Promise<boolean>;
  onReleased(heldMs: number): void;
  onLost(heldMs: number): void;
}

/** What work gets to stop before the store gives its slot to another. */
const marginMsOf = (leaseMs: number) => Math.min(1_000, leaseMs / 10);

/**
 * Renews a slot until it is released. Its lease counts from the sending of what was answered last, so it ends here before it
 * ends on the store.
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
  /** The store itself has said so: there is nothing to give back. */
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
    // A renewal that the store hears of later would take the slot again.
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
