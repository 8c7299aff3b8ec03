import type { Answered } from "./shared-calls.ts";

/** What one caller has asked for, how much of it has been sent, and what has been answered. */
export class Ticket<Item, Answer> {
  readonly answered: Promise<Answered<Answer>>;
  /** Called once, when the caller has its answer or gives up. */
  onLeave: () => void = () => undefined;
  readonly #items: readonly Item[];
  readonly #answers: Answer[] = [];
  readonly #bytesOf: (item: Item) => number;
  readonly askedAt = performance.now();
  /** The caller's own deadline in milliseconds after `askedAt`, if there is one. */
  readonly #timeoutMs: number | undefined;
  #resolve: (answered: Answered<Answer>) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #next = 0;
  #left = false;
  #open: number;
  #bytes: number;
  #epoch = Number.POSITIVE_INFINITY;
  #born: number | undefined;
  #remainingMs: number | null = null;

  constructor(items: readonly Item[], bytesOf: (item: Item) => number, timeoutMs: number | undefined) {
    this.#items = items;
    this.#bytesOf = bytesOf;
    this.#open = items.length;
    this.#bytes = items.reduce((bytes, item) => bytes + bytesOf(item), 0);
    this.#timeoutMs = timeoutMs;
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** The place of the first item that hasn't been sent yet. */
  get next(): number {
    return this.#next;
  }

  get left(): boolean {
    return this.#left;
  }

  leave(): void {
    this.#left = true;
    this.onLeave();
  }

  /** Milliseconds until the caller's own deadline, if there is one. @param now by `performance.now()` */
  leftMs(now: number): number | undefined {
    return this.#timeoutMs === undefined ? undefined : this.askedAt + this.#timeoutMs - now;
  }

  /** Whether everything that hasn't been sent fits into this much room. */
  fits(items: number, bytes: number): boolean {
    return this.#items.length - this.#next <= items && this.#bytes <= bytes;
  }

  peek(): Item | undefined {
    return this.#items[this.#next];
  }

  take(): void {
    const item = this.#items[this.#next] as Item;
    this.#bytes -= this.#bytesOf(item);
    this.#next += 1;
  }

  receive(from: number, { epoch, born, remainingMs, answers }: Answered<Answer>): void {
    for (const [place, answer] of answers.entries()) this.#answers[from + place] = answer;
    this.#epoch = Math.min(this.#epoch, epoch);
    this.#born = born === (this.#born ?? born) ? born : 0;
    if (remainingMs !== null) this.#remainingMs = Math.min(this.#remainingMs ?? remainingMs, remainingMs);
    this.#open -= answers.length;
    if (this.#open > 0) return;
    this.#resolve({ epoch: this.#epoch, born: this.#born, remainingMs: this.#remainingMs, answers: this.#answers });
  }

  fail(error: unknown): void {
    this.#left = true;
    this.#reject(error);
  }
}
