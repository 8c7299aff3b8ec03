import { callLimits } from "./call-limits.ts";
import type { Ticket } from "./ticket.ts";

/** What every item has: the type that it counts under. */
export interface Typed {
  readonly type: string;
}

/** Which of a caller's items a call carries: those from `from` on, each at its place among the call's items. */
export interface Portion {
  readonly from: number;
  readonly places: readonly number[];
}

/** One script call for several callers, put together from what they wait for. */
export class SharedCall<Item extends Typed, Answer> {
  readonly items: Item[] = [];
  readonly portions = new Map<Ticket<Item, Answer>, Portion>();
  readonly #keyOf: (item: Item) => string | number;
  readonly #bytesOf: (item: Item) => number;
  /** By type and key: a key joined of both would be a new string for each item. */
  readonly #placesByType = new Map<string, Map<string | number, number>>();
  #bytes = 0;

  constructor(keyOf: (item: Item) => string | number, bytesOf: (item: Item) => number) {
    this.#keyOf = keyOf;
    this.#bytesOf = bytesOf;
  }

  /** How much it carries, for all that its items know. */
  get bytes(): number {
    return this.#bytes;
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
    // A single item always goes: none is larger than its caller may make it.
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
