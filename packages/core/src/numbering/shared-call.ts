import { callLimits } from "./call-limits.ts";
import type { Ticket } from "./ticket.ts";

/** Which of a caller's items a call carries: those from `from` on, each at its place among the call's items. */
export interface Portion {
  readonly from: number;
  readonly places: readonly number[];
}

/** One script call for several callers, put together from what they wait for. */
export class SharedCall<Item, Answer> {
  readonly items: Item[] = [];
  readonly portions = new Map<Ticket<Item, Answer>, Portion>();
  readonly #identityOf: (item: Item) => string;
  readonly #bytesOf: (item: Item) => number;
  readonly #placeOf = new Map<string, number>();
  #bytes = 0;

  constructor(identityOf: (item: Item) => string, bytesOf: (item: Item) => number) {
    this.#identityOf = identityOf;
    this.#bytesOf = bytesOf;
  }

  /** Whether all that the ticket waits for fits; true for one that needs several calls anyway. */
  hasRoomFor(ticket: Ticket<Item, Answer>): boolean {
    if (this.items.length === 0 || !ticket.fits(callLimits.items, callLimits.bytes)) return true;
    return ticket.fits(callLimits.items - this.items.length, callLimits.bytes - this.#bytes);
  }

  /** Takes as much from the ticket as fits. */
  takeFrom(ticket: Ticket<Item, Answer>): void {
    const places: number[] = [];
    const from = ticket.next;
    for (let item = ticket.peek(); item !== undefined; item = ticket.peek()) {
      const place = this.#place(item);
      if (place === undefined) break;
      places.push(place);
      ticket.take();
    }
    if (places.length > 0) this.portions.set(ticket, { from, places });
  }

  /** The same for each caller alone. */
  split(): SharedCall<Item, Answer>[] {
    return [...this.portions].map(([ticket, { from, places }]) => {
      const own = new SharedCall<Item, Answer>(this.#identityOf, this.#bytesOf);
      own.items.push(...places.map((place) => this.items[place] as Item));
      own.portions.set(ticket, { from, places: places.map((_, place) => place) });
      return own;
    });
  }

  #place(item: Item): number | undefined {
    const identity = this.#identityOf(item);
    const known = this.#placeOf.get(identity);
    if (known !== undefined) return known;
    const bytes = this.#bytes + this.#bytesOf(item);
    // A single item always goes: none is larger than its caller may make it.
    if (this.items.length > 0 && (this.items.length === callLimits.items || bytes > callLimits.bytes)) return undefined;
    this.#bytes = bytes;
    this.#placeOf.set(identity, this.items.length);
    return this.items.push(item) - 1;
  }
}
