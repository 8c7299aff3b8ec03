import type { KeyValueBackend } from "keyward";

export interface CountingBackend extends KeyValueBackend {
  /** Calls that went to the store so far: one round trip each, over a network. */
  readonly roundTrips: number;
}

const asking = new Set<PropertyKey>(["get", "getMany", "set", "delete", "run", "publish", "subscribe", "ping"]);

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
