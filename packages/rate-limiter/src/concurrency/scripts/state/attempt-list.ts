/** The number of characters in an attempt's id. */
export const idLength = 16;
const digits = 13;
const width = idLength + digits;

/**
 * Attempts in the order in which they came, as text of a fixed width: the id, and when its lease or place ends. So one of them
 * can be changed without reading the others.
 */
export class AttemptList {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Cuts a text into `first` and then `second` attempts; undefined if it isn't of that length. */
  static pair(text: string, first: number, second: number): [AttemptList, AttemptList] | undefined {
    if (text.length !== width * (first + second)) return undefined;
    return [new AttemptList(text.slice(0, width * first)), new AttemptList(text.slice(width * first))];
  }

  get length(): number {
    return this.text.length / width;
  }

  /** Its place in the list, or -1. A match that lies across two attempts isn't one. */
  placeOf(id: string): number {
    let from = this.text.indexOf(id);
    while (from >= 0 && from % width !== 0) from = this.text.indexOf(id, from + 1);
    return from < 0 ? -1 : from / width;
  }

  /** Writes an attempt at its place, or at the end if that is -1. */
  put(place: number, id: string, ends: number): void {
    const from = place < 0 ? this.text.length : place * width;
    const attempt = id + String(ends).padStart(digits, "0");
    this.text = this.text.slice(0, from) + attempt + this.text.slice(from + width);
  }

  drop(place: number): void {
    this.text = this.text.slice(0, place * width) + this.text.slice((place + 1) * width);
  }

  /** The ids of the first `count` attempts. */
  first(count: number): string[] {
    const ids: string[] = [];
    for (let place = 0; place < Math.min(count, this.length); place += 1) {
      ids.push(this.text.slice(place * width, place * width + idLength));
    }
    return ids;
  }

  /** Removes the attempts that have ended, and returns when the others will. */
  keepLive(at: number): number[] {
    const ends: number[] = [];
    let live = "";
    for (let from = 0; from < this.text.length; from += width) {
      const end = Number(this.text.slice(from + idLength, from + width));
      if (end <= at) continue;
      live += this.text.slice(from, from + width);
      ends.push(end);
    }
    this.text = live;
    return ends;
  }
}
