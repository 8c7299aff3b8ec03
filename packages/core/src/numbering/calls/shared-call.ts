import { callLimits } from "./call-limits.ts";
import type { Ticket } from "./ticket.ts";

/** Every item has a type, under which it counts. */
export interface Typed {
  readonly type: string;
}

/** Which of a caller's items a call carries: those from `from` on. `places` says where each stands among the call's items. */
export interface Portion {
  readonly from: number;
  readonly places: readonly number[];
}

/** One script call for several callers. */
export class SharedCall<Item extends Typed, Answer> {
  readonly items: Item[] = [];
  readonly portions = new Map<Ticket<Item, Answer>, Portion>();
  readonly #keyOf: (item: Item) => string | number;
  readonly #bytesOf: (item: Item) => number;
  /** By type, then by key. Joining the two would make a new string for each item. */
  readonly #placesByType = new Map<string, Map<string | number, number>>();
  #bytes = 0;

  constructor(keyOf: (item: Item) => string | number, bytesOf: (item: Item) => number) {
    this.#keyOf = keyOf;
    this.#bytesOf = bytesOf;
  }

  /** The size of its items, as `bytesOf` counts it. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether everything that the ticket still has to send fits. True for a ticket that needs several calls anyway. */
  hasRoomFor(ticket: Ticket<Item, Answer>): boolean {
    if (this.items.length === 0 || !ticket.fits(callLimits.items, callLimits.bytes)) return true;
    return ticket.fits(callLimits.items - this.items.length, callLimits.bytes - this.#bytes);
  }

  /** Takes as many of the ticket's items as fit. */
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

  /** The same items as one call for each caller. */
  split(): SharedCall<Item, Answer>[] {
    return [...this.portions].map(([ticket, { from, places }]) => {
      const own = new SharedCall<Item, Answer>(this.#keyOf, this.#bytesOf);
      for (const place of places) own.#add(this.items[place] as Item);
      own.portions.set(ticket, { from, places: places.map((_, place) => place) });
      return own;
    });
  }

  #place(item: Item): number | undefined {
    let places = this.#placesByType.get(item.type);
    if (places === undefined) {
      places = new Map();
      this.#placesByType.set(item.type, places);
    }
    const key = this.#keyOf(item);
    const known = places.get(key);
    if (known !== undefined) return known;
    const bytes = this.#bytes + this.#bytesOf(item);
    // A single item always fits: callers check the size of each.
    if (this.items.length > 0 && (this.items.length === callLimits.items || bytes > callLimits.bytes)) return undefined;
    const place = this.#add(item);
    places.set(key, place);
    return place;
  }

  #add(item: Item): number {
    this.#bytes += this.#bytesOf(item);
    return this.items.push(item) - 1;
  }
}
