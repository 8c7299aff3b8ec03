import { isRefusedForGood } from "@keyward/core";
import { replyCode } from "../call/reply-code.ts";
import { hashSlot } from "../hash-slot.ts";
import type { ScriptCall } from "../script/script-call.ts";
import { scriptCommand } from "../script/script-command.ts";
import { ScriptSender } from "../script/script-sender.ts";
import { type IoredisClient, isClusterClient, socketOf } from "./ioredis-client.ts";
import type { OpenedClient } from "./open-client.ts";
import { CommandTracker, type TrackedCommand } from "./tracked-command.ts";

/** A client that is there, and may or may not be connected. */
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
    // Without a listener ioredis prints errors; whom they concern is told by the call that failed.
    client.on("error", (error) => {
      this.#lastError = (error as { lastNodeError?: unknown }).lastNodeError ?? error;
    });
    client.on("ready", () => {
      this.#lastError = undefined;
    });
    if (this.isCluster) client.on("+node", (node) => quietAsking(node as ClusterNode));
  }

  /**
   * A Cluster's slots are on several. So may the keys be behind a proxy, which knows of scripts but sends them to the server of the
   * first key; such proxies, Envoy and twemproxy, don't answer the INFO of a ready check, so that has to be off.
   */
  get #isOneServer(): boolean {
    return !this.isCluster && (this.client.options as { enableReadyCheck?: boolean }).enableReadyCheck !== false;
  }

  get isReady(): boolean {
    return this.client.status === "ready";
  }

  /** Why there is no connection, as far as is known. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /**
   * @param slotKey decides the node of a Cluster for a command that names no key.
   * @param onWrite called each time that a command is written for this one.
   */
  send(name: string, args: readonly string[], slotKey?: string, onWrite?: () => void): TrackedCommand {
    this.#scripts.flush();
    const slot = slotKey === undefined || !this.isCluster ? undefined : hashSlot(slotKey);
    return this.#tracker.send(name, args, slot, onWrite);
  }

  /** Calls a script, as one command with others that are called at the same time, where one server has all keys. */
  call(call: ScriptCall, onWrite?: () => void): TrackedCommand {
    if (this.#isOneServer) return this.#scripts.send(call, onWrite);
    return this.#tracker.send(...scriptCommand(call), undefined, onWrite);
  }

  /**
   * Sends a command over the connection that another one was last written to, be it where a Cluster redirected it.
   *
   * @throws if that connection is gone.
   */
  sendBehind({ socket }: TrackedCommand, name: string, args: readonly string[], onWrite?: () => void): TrackedCommand {
    const nodes = isClusterClient(this.client) ? this.client.nodes("all") : [this.client];
    const node = nodes.find((candidate) => socketOf(candidate) === socket);
    if (node === undefined) throw new Error("the connection was lost");
    return new CommandTracker(node).send(name, args, undefined, onWrite);
  }

  /** Names the node that answers for a key, as far as is known; the same for all keys where there is no Cluster. */
  nodeOf(key: string): string {
    return (isClusterClient(this.client) && this.client.slots[hashSlot(key)]?.[0]) || "";
  }

  /**
   * Resolves once commands can be written, rejects when the attempt to connect under way has failed. Waiting here keeps
   * commands out of ioredis's offline queues, where a Cluster holds them for as long as it is down. Between two attempts, of
   * which the first was turned away, it rejects at once.
   */
  whenReady(): Promise<void> {
    if (this.#isTurnedAway) return Promise.reject(this.#lastError);
    this.#ready ??= this.#awaitReady().finally(() => {
      this.#ready = undefined;
    });
    return this.#ready;
  }

  /** The server has said no to this client, as to a wrong password. It is asked again, but the answer isn't worth a wait. */
  get #isTurnedAway(): boolean {
    const code = replyCode(this.#lastError);
    return this.client.status === "reconnecting" && code !== undefined && isRefusedForGood(code);
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

/** Before it repeats a command at another node, ioredis sends an ASKING that nobody listens to: lost, it would crash the process. */
function quietAsking(node: ClusterNode): void {
  const { asking } = node;
  node.asking = () => {
    const reply = asking.call(node);
    reply.catch(() => {}); // The command behind it fails for the same reason.
    return reply;
  };
}
