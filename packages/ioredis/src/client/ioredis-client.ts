/**
 * As much of an ioredis client as the backend uses: a `Redis` or a `Cluster`, of version 5 or 6.
 *
 * Declared here instead of imported, so that a client of either version fits, and so does one from another copy of ioredis.
 */
export interface IoredisClient {
  readonly status: string;
  readonly isCluster?: boolean;
  readonly options: object;
  call(command: string, args: string[]): Promise<unknown>;
  connect(): Promise<unknown>;
  disconnect(reconnect?: boolean): void;
  duplicate(...overrides: never[]): unknown;
  on(event: string, listener: (...details: unknown[]) => void): unknown;
  once(event: string, listener: (...details: unknown[]) => void): unknown;
  off(event: string, listener: (...details: unknown[]) => void): unknown;
}

/** As much of the connection to a Cluster's node as the backend uses. */
export interface ClusterClient extends IoredisClient {
  nodes(role?: "all" | "master" | "slave"): IoredisClient[];
  /** For each slot the names of its nodes, master first, as far as they are known. */
  readonly slots: readonly (readonly string[] | undefined)[];
}

/** The socket of a single connection or of a node's. */
export function socketOf(client: IoredisClient): unknown {
  return (client as { readonly stream?: unknown }).stream;
}

/** The same client, with stricter types for the members that this package calls. */
interface Duplicable {
  duplicate(...overrides: unknown[]): IoredisClient;
}

export function isClusterClient(client: IoredisClient): client is ClusterClient {
  return client.isCluster === true;
}

/** Another client with the same options and these overrides, not yet connected. */
export function duplicateRedis(client: IoredisClient, overrides: object): IoredisClient {
  return (client as Duplicable).duplicate(overrides);
}

/** Like {@link duplicateRedis}, for a Cluster. */
export function duplicateCluster(client: IoredisClient, overrides: object): IoredisClient {
  return (client as Duplicable).duplicate([], overrides);
}
