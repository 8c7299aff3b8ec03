import type { ScriptStore } from "../../../../script/script-store.ts";

/** Twin of `report`: ends the script with the reply that says what was wrong. Thrown before anything is written. */
export class Refused extends Error {
  readonly reply: readonly string[];

  constructor(...reply: readonly string[]) {
    super(reply[0]);
    this.reply = reply;
  }
}

/** Reads a stored number. An absent one is 0; anything else that isn't a whole number is a refusal. */
export function whole(stored: string | null, where: string): number {
  if (stored === null) return 0;
  if (/^(0|[1-9]\d{0,15})$/.test(stored) && Number(stored) <= Number.MAX_SAFE_INTEGER) return Number(stored);
  throw new Refused("corrupt", where);
}

export type Field = readonly [field: string, value: string];

export function writeFields(store: ScriptStore, key: string, fields: readonly Field[]): void {
  for (const [field, value] of fields) store.hashSet(key, field, value);
}

/** Runs a script's twin. If it is refused, the refusal is the reply. */
export function answer<Reply>(step: () => Reply): Reply | readonly string[] {
  try {
    return step();
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    throw error;
  }
}
