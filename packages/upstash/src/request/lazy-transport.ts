import { RequestFailed } from "../call/rest-failure.ts";
import type { AddressSource } from "../options.ts";
import { createTransport, type Transport } from "./rest-transport.ts";

/**
 * A transport that loads its client with the first request.
 *
 * The import is written so that bundlers skip it if the client isn't installed, because `keyward` can be used without a store
 * over REST.
 */
export function createLazyTransport(address: AddressSource): Transport {
  let opening: Promise<Transport> | undefined;
  let transport: Transport | undefined;

  async function open(): Promise<Transport> {
    transport = createTransport(address, (await loadClient()).Redis);
    return transport;
  }

  return {
    async send(commands, signal) {
      if (transport) return transport.send(commands, signal);
      opening ??= open();
      return (await opening).send(commands, signal);
    },
  };
}

async function loadClient(): Promise<typeof import("@upstash/redis")> {
  try {
    return await import("@upstash/redis");
  } catch {
    throw new RequestFailed({
      code: "BACKEND_REJECTED",
      outcome: "not-applied",
      retryable: false,
      reason: "@upstash/redis can't be loaded; install it with: npm install @upstash/redis",
    });
  }
}
