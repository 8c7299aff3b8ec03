import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { guard, release } from "./process-guardian.ts";
import { findRedisServer } from "./redis-binary.ts";

const readyLine = /Ready to accept connections|Sentinel ID is/;
const startTimeoutMs = 20_000;

/** One run of `redis-server`, from its first line to its exit. */
export interface ServerProcess {
  readonly pid: number;
  signal(signal: NodeJS.Signals): void;
  /** Ends it and waits until it is gone. Does nothing if it is gone already. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Another process listens on the port already. */
export class PortTakenError extends Error {}

/** Starts `redis-server` and resolves once its log says that it is ready. */
export async function startServerProcess(args: readonly string[], folder: string): Promise<ServerProcess> {
  const child = spawn(findRedisServer(), args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => {
      if (child.pid !== undefined) release(child.pid);
      resolve();
    });
    child.once("error", () => resolve());
  });
  if (child.pid !== undefined) guard(child.pid, folder);
  await untilReady(child, exited);
  child.unref();

  return {
    pid: child.pid as number,
    signal: (signal) => void child.kill(signal),
    async end(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      // A frozen process handles other signals only once it continues.
      child.kill("SIGCONT");
      const impatience = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await exited;
      clearTimeout(impatience);
    },
  };
}

async function untilReady(child: ChildProcess, exited: Promise<void>): Promise<void> {
  let log = "";
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  const ready = new Promise<void>((resolve) => {
    const read = (chunk: Buffer) => {
      if (log.length > 100_000) return;
      log += chunk.toString("latin1");
      if (readyLine.test(log)) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
  });
  const impatience = setTimeout(() => child.kill("SIGKILL"), startTimeoutMs);
  const outcome = await Promise.race([ready.then(() => "ready"), exited.then(() => "exited")]);
  clearTimeout(impatience);
  if (outcome === "ready") return;
  if (child.exitCode !== null && !child.stdout?.readableEnded) await once(child.stdout as NodeJS.ReadableStream, "end");
  if (/Address already in use/i.test(log)) throw new PortTakenError(log);
  throw failure ?? new Error(`redis-server ended before it was ready:\n${log}`);
}
