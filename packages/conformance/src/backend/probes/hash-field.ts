import { defineScript } from "@keyward/core";
import lua from "./hash-field.lua";

interface FieldChange {
  readonly field: string;
  /** If it is left out, the field is removed. */
  readonly value?: string;
  readonly ttlMs?: number;
}

/** Writes or removes a field of a hash, and may set the hash's TTL. Returns how many fields there are. */
export const hashField = defineScript({
  name: "hash-field",
  keys: ["hash"],
  args: ({ field, value = "", ttlMs }: FieldChange) => [field, value, ttlMs === undefined ? "" : String(ttlMs)],
  reply: (raw) => Number(raw),
  lua,
  memory(store, [key = ""], [field = "", value = "", ttl = ""]) {
    if (value === "") store.hashDelete(key, field);
    else store.hashSet(key, field, value);
    if (ttl !== "") store.expire(key, Number(ttl));
    return store.hashEntries(key).length;
  },
});
