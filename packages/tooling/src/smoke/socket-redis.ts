import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A running `redis-server` that listens on a Unix socket only. */
export interface SocketRedis {
  readonly socket: string;
  stop(): Promise<void>;
}

/** Starts a server with its socket in `folder`, and resolves once it says that it is ready. */
export async function startSocketRedis(folder: string): Promise<SocketRedis> {
  const socket = join(folder, "redis.sock");
  const program = process.env["KEYWARD_REDIS_SERVER"] ?? "redis-server";
  const child = spawn(program, ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  for await (const line of createInterface(child.stdout)) {
    if (/ready to accept connections/i.test(line)) break;
  }
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`${program} ended before it was ready`);
  return {
    socket,
    async stop() {
      child.kill();
      await exited;
    },
  };
}
