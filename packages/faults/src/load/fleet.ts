import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createFleetRecord, type FleetRecord } from "./fleet-record.ts";
import { forkInstance } from "./fork-instance.ts";
import type { InstanceMessage, InstanceTask } from "./instance-task.ts";

/** Instances of one app, each a process of its own. */
export interface Fleet {
  /** Everything that they have reported. */
  readonly record: FleetRecord;
  /** Starts more of them, and resolves when each has masked its first document. */
  join(count: number): Promise<void>;
  /** Kills the oldest at once, whatever it is doing. */
  killOne(): void;
  /** Stops all of them once they have finished what is under way. */
  stop(): Promise<void>;
}

export function startFleet(task: Pick<InstanceTask, "store" | "scope" | "key">): Fleet {
  const record = createFleetRecord();
  const instances = new Set<ChildProcess>();
  const ended: Promise<void>[] = [];
  let started = 0;

  function start(): Promise<unknown> {
    const instance = started++;
    // Every other one leaves a failing store alone; the rest go on asking it.
    const own: InstanceTask = { ...task, instance, fallback: instance % 2 === 1 };
    const child = forkInstance(new URL("instance.ts", import.meta.url), own);
    instances.add(child);
    child.on("message", (message: InstanceMessage) => {
      if (message.kind === "masked") record.addMasked(message);
      else record.addRestored(message);
    });
    ended.push(
      once(child, "exit").then(([code]) => {
        if (instances.delete(child) && code !== 0) record.addBroken();
      }),
    );
    return Promise.race([once(child, "message"), once(child, "exit")]);
  }

  return {
    record,
    async join(count) {
      await Promise.all(Array.from({ length: count }, start));
    },
    killOne() {
      const [victim] = instances;
      if (victim === undefined) throw new Error("there is no instance to kill");
      instances.delete(victim);
      victim.kill("SIGKILL");
    },
    async stop() {
      for (const instance of instances) if (instance.connected) instance.send("stop");
      await Promise.all(ended);
    },
  };
}
