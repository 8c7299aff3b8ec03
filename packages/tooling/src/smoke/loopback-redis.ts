import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";

/** A running `redis-server` on a free port of the loopback interface. */
export interface LoopbackRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server with its files in `folder`, and resolves once it says that it is ready. */
export async function startLoopbackRedis(folder: string, attempts = 3): Promise<LoopbackRedis> {
  const port = await freePort();
  const program = process.env["KEYWARD_REDIS_SERVER"] ?? "redis-server";
  const place = ["--bind", "127.0.0.1", "--port", String(port), "--dir", folder];
  const child = spawn(program, [...place, "--save", ""], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let ready = false;
  for await (const line of createInterface(child.stdout)) {
    ready = /ready to accept connections/i.test(line);
    if (ready) break;
  }
  if (ready) {
    child.stdout.resume();
    const stop = async () => {
      child.kill();
      await exited;
    };
    return { url: `redis://127.0.0.1:${port}`, stop };
  }
  await exited;
  // Another process may have taken the port before the server started.
  if (attempts > 1) return startLoopbackRedis(folder, attempts - 1);
  throw new Error(`${program} ended before it was ready`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
