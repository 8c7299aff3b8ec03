import type { ScriptStore } from "@keyward/core";
import { AttemptList } from "./attempt-list.ts";

const headPattern = /^1 (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)\n/;

/**
 * The slots of one key as a script in memory sees them: read once, without those whose time is up, on a clock that never
 * steps back. Twin of `fragments/slots.lua`.
 *
 * They are stored as `1 born shift last earliest longest held waiting`, a line feed, and the two lists of attempts. `born` is
 * in milliseconds since the epoch, and all other times count from it. `shift` is how far the clock has stepped back in all,
 * `last` the latest time that was stored. No attempt ends before `earliest`, so they aren't read one by one until then, and
 * none ends after `longest`.
 */
export class StoredSlots {
  readonly held: AttemptList;
  /** In the order in which they first asked. */
  readonly queue: AttemptList;
  /** The time of this step. */
  readonly at: number;
  readonly #store: ScriptStore;
  readonly #key: string;
  readonly #born: number;
  readonly #shift: number;
  #earliest: number;
  #longest: number;

  private constructor(store: ScriptStore, key: string, head: readonly number[], lists: [AttemptList, AttemptList]) {
    const [born = store.now, shift = 0, last = 0, earliest = Number.POSITIVE_INFINITY, longest = 0] = head;
    this.#store = store;
    this.#key = key;
    this.#born = born;
    this.#earliest = earliest;
    this.#longest = longest;
    [this.held, this.queue] = lists;
    const at = store.now + shift - born;
    this.at = Math.max(at, last);
    this.#shift = shift + this.at - at;
    if (this.at >= earliest) this.#keepLive();
  }

  /** @returns undefined if the stored text can't be read */
  static read(store: ScriptStore, key: string): StoredSlots | undefined {
    const text = store.get(key);
    if (text === null) return new StoredSlots(store, key, [], [new AttemptList(""), new AttemptList("")]);
    const [whole, ...numbers] = headPattern.exec(text) ?? [];
    if (whole === undefined) return undefined;
    const head = numbers.map(Number);
    const [held = 0, waiting = 0] = head.slice(5);
    const lists = AttemptList.pair(text.slice(whole.length), held, waiting);
    return lists && new StoredSlots(store, key, head.slice(0, 5), lists);
  }

  /** Keeps an attempt in one of the lists for `ms` from now on. */
  put(list: AttemptList, place: number, id: string, ms: number): void {
    this.#noteEnd(this.at + ms);
    list.put(place, id, this.at + ms);
  }

  save(): void {
    const { held, queue, at } = this;
    if (held.length + queue.length === 0) {
      this.#store.delete(this.#key);
      return;
    }
    const head = [1, this.#born, this.#shift, at, this.#earliest, this.#longest, held.length, queue.length];
    this.#store.set(this.#key, `${head.join(" ")}\n${held.text}${queue.text}`, this.#longest - at);
  }

  #keepLive(): void {
    this.#earliest = Number.POSITIVE_INFINITY;
    this.#longest = 0;
    for (const list of [this.held, this.queue]) for (const end of list.keepLive(this.at)) this.#noteEnd(end);
  }

  #noteEnd(end: number): void {
    this.#earliest = Math.min(this.#earliest, end);
    this.#longest = Math.max(this.#longest, end);
  }
}
