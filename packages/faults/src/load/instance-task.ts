import type { KeyValueBackend } from "@keyward/core";
import { createIoredisBackend } from "@keyward/ioredis";
import { createUpstashBackend } from "@keyward/upstash";

/** How an instance of the app reaches its store, in a form that can be sent to another process. */
export type StoreAddress =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "cluster"; readonly nodes: readonly { readonly host: string; readonly port: number }[] }
  | {
      readonly kind: "sentinel";
      readonly name: string;
      readonly sentinels: readonly { readonly host: string; readonly port: number }[];
    }
  | { readonly kind: "rest"; readonly url: string; readonly token: string };

export function openStore(address: StoreAddress): KeyValueBackend {
  switch (address.kind) {
    case "tcp":
      return createIoredisBackend({ host: address.host, port: address.port });
    case "cluster":
      return createIoredisBackend({ cluster: { nodes: [...address.nodes] } });
    case "sentinel":
      return createIoredisBackend({ sentinels: [...address.sentinels], name: address.name });
    case "rest":
      return createUpstashBackend({ url: address.url, token: address.token });
  }
}

/** What a process of the fleet has to do, as JSON in its first argument. */
export interface InstanceTask {
  readonly instance: number;
  readonly store: StoreAddress;
  readonly scope: string;
  readonly key: string;
  /** Whether it leaves a failing store alone for a while. */
  readonly fallback: boolean;
}

/** What it reports about each document that it has masked. */
export interface MaskedDocument {
  /** For `instanceId`: the value of each line. */
  readonly indexes: readonly number[];
  readonly text: string;
  readonly handle: string;
}

/** How a process restored a document of its own. */
export interface RestoredDocument {
  readonly restored: number;
  /** Tokens that became another original than theirs. */
  readonly wronglyRestored: number;
  /** Tokens that were left, because the store couldn't be reached. */
  readonly left: number;
}

export type InstanceMessage =
  | ({ readonly kind: "masked" } & MaskedDocument)
  | ({ readonly kind: "restored" } & RestoredDocument);
