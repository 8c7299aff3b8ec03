import { isRefusedForGood } from "@keyward/core";
import { replyCode } from "../call/reply-code.ts";
import { hashSlot } from "../hash-slot.ts";
import type { ScriptCall } from "../script/script-call.ts";
import { scriptCommand } from "../script/script-command.ts";
import { ScriptSender } from "../script/script-sender.ts";
import { type IoredisClient, isClusterClient, socketOf } from "./ioredis-client.ts";
import type { OpenedClient } from "./open-client.ts";
import { CommandTracker, type TrackedCommand } from "./tracked-command.ts";

/** A client that has been made, and may or may not be connected. */
export class Connection {
  readonly client: IoredisClient;
  readonly owned: boolean;
  readonly isCluster: boolean;
  readonly #tracker: CommandTracker;
  readonly #scripts: ScriptSender;
  #lastError: unknown;
  #ready: Promise<void> | undefined;

  constructor({ client, owned }: OpenedClient) {
    this.client = client;
    this.owned = owned;
    this.isCluster = isClusterClient(client);
    this.#tracker = new CommandTracker(client);
    this.#scripts = new ScriptSender(this, this.#tracker);
    if (!owned) return;
    // Without a listener ioredis prints errors. Callers learn of them by their own calls.
    client.on("error", (error) => {
      this.#lastError = (error as { lastNodeError?: unknown }).lastNodeError ?? error;
    });
    client.on("ready", () => {
      this.#lastError = undefined;
    });
    if (this.isCluster) client.on("+node", (node) => quietAsking(node as ClusterNode));
  }

  /**
   * Whether one server has all keys. In a Cluster none has, nor behind a proxy such as Envoy or twemproxy, which sends a script to
   * the server of its first key. Such proxies don't answer the INFO of a ready check, so with them the check is off.
   */
  get #isOneServer(): boolean {
    return !this.isCluster && (this.client.options as { enableReadyCheck?: boolean }).enableReadyCheck !== false;
  }

  get isReady(): boolean {
    return this.client.status === "ready";
  }

  /** Why there is no connection, if that is known. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /**
   * @param slotKey decides the node of a Cluster for a command that names no key
   * @param onWrite called each time that a command is written for this one
   */
  send(name: string, args: readonly string[], slotKey?: string, onWrite?: () => void): TrackedCommand {
    this.#scripts.flush();
    const slot = slotKey === undefined || !this.isCluster ? undefined : hashSlot(slotKey);
    return this.#tracker.send(name, args, slot, onWrite);
  }

  /** Calls a script. If one server has all keys, calls that are made at the same time travel as one command. */
  call(call: ScriptCall, onWrite?: () => void): TrackedCommand {
    if (this.#isOneServer) return this.#scripts.send(call, onWrite);
    return this.#tracker.send(...scriptCommand(call), undefined, onWrite);
  }

  /**
   * Sends a command over the connection that another command was last written to, even if a Cluster redirected that one.
   *
   * @throws if that connection is gone.
   */
  sendBehind({ socket }: TrackedCommand, name: string, args: readonly string[], onWrite?: () => void): TrackedCommand {
    const nodes = isClusterClient(this.client) ? this.client.nodes("all") : [this.client];
    const node = nodes.find((candidate) => socketOf(candidate) === socket);
    if (node === undefined) throw new Error("the connection was lost");
    return new CommandTracker(node).send(name, args, undefined, onWrite);
  }

  /** Names the node that is known to answer for a key. Without a Cluster, it is the same for all keys. */
  nodeOf(key: string): string {
    return (isClusterClient(this.client) && this.client.slots[hashSlot(key)]?.[0]) || "";
  }

  /**
   * Resolves once commands can be written, and rejects if the present attempt to connect fails. Waiting here keeps commands out
   * of ioredis's offline queues, in which a Cluster holds them for as long as it is down. Rejects at once between two attempts
   * if the server turned the first one away.
   */
  whenReady(): Promise<void> {
    if (this.#isTurnedAway) return Promise.reject(this.#lastError);
    this.#ready ??= this.#awaitReady().finally(() => {
      this.#ready = undefined;
    });
    return this.#ready;
  }

  /** Whether the server has turned this client away, for instance with a wrong password. The next try isn't worth waiting for. */
  get #isTurnedAway(): boolean {
    if (this.client.status !== "reconnecting") return false;
    const code = replyCode(this.#lastError);
    return code !== undefined && isRefusedForGood(code);
  }

  #awaitReady(): Promise<void> {
    const { client } = this;
    return new Promise((resolve, reject) => {
      const settle = (decide: () => void) => () => {
        client.off("ready", onReady);
        client.off("close", onFailure);
        client.off("end", onFailure);
        decide();
      };
      const onReady = settle(resolve);
      const onFailure = settle(() => reject(this.#lastError ?? new Error("the connection was closed")));
      client.on("ready", onReady);
      client.on("close", onFailure);
      client.on("end", onFailure);
      if (client.status === "ready") onReady();
      else if (client.status === "end") onFailure();
      else if (client.status === "wait") client.connect().catch(() => {}); // The events tell.
    });
  }

  /** Ends the connection if it is the backend's own. */
  close(): void {
    if (this.owned) this.client.disconnect();
  }
}

interface ClusterNode {
  asking(): Promise<unknown>;
}

/** Before ioredis repeats a command at another node it sends ASKING, whose rejection nobody handles: it would end the process. */
function quietAsking(node: ClusterNode): void {
  const { asking } = node;
  node.asking = () => {
    const reply = asking.call(node);
    reply.catch(() => {}); // The command behind it fails for the same reason.
    return reply;
  };
}
