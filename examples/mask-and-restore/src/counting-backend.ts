import type { KeyValueBackend } from "keyward";

export interface CountingBackend extends KeyValueBackend {
  /** Calls so far that waited for the store: one round trip each, over a network. */
  readonly roundTrips: number;
}

/** Messages aren't among them: nobody waits for those. */
const asking = new Set<PropertyKey>(["get", "getMany", "set", "delete", "run", "ping"]);

/** Counts what goes to a store, and passes it on unchanged. */
export function countRoundTrips(backend: KeyValueBackend): CountingBackend {
  let roundTrips = 0;
  return new Proxy(backend, {
    get(target, name) {
      if (name === "roundTrips") return roundTrips;
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...input: unknown[]) => {
        if (asking.has(name)) roundTrips += 1;
        return Reflect.apply(member, target, input);
      };
    },
  }) as CountingBackend;
}
