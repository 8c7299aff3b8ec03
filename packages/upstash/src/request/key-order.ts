import type { Command } from "./command.ts";

interface Users {
  readers: number;
  writers: number;
}

/**
 * Keeps track of the keys that the requests under way use.
 *
 * Requests overtake one another on the network. So a command that may affect the result of another one is sent only after the
 * other was answered, or together with it. A read sees the write before it, whether that was awaited or not.
 */
export class KeyOrder {
  readonly #users = new Map<string, Users>();

  enter({ keys, effect }: Command): void {
    for (const key of keys) {
      const users = this.#users.get(key) ?? { readers: 0, writers: 0 };
      this.#users.set(key, users);
      users[effect === "none" ? "readers" : "writers"] += 1;
    }
  }

  leave({ keys, effect }: Command): void {
    for (const key of keys) {
      const users = this.#users.get(key);
      if (!users) continue;
      users[effect === "none" ? "readers" : "writers"] -= 1;
      if (users.readers + users.writers === 0) this.#users.delete(key);
    }
  }

  mustWait({ keys, effect }: Command): boolean {
    if (this.#users.size === 0) return false;
    return keys.some((key) => {
      const users = this.#users.get(key);
      return users !== undefined && (effect === "write" || users.writers > 0);
    });
  }
}
