import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { PortTakenError, type ServerProcess, startServerProcess } from "./server-process.ts";
import type { TlsFiles } from "./tls-files.ts";

const loopback = "127.0.0.1";
const mostAttempts = 10;
/** The nodes of a Cluster talk to one another at their port plus 10,000. Only since Redis 7 can that be changed. */
const highestWithBus = 55_535;

export interface RedisServerOptions {
  /** More arguments for `redis-server`, such as `["--maxmemory", "10mb"]`; a configuration file comes first. */
  readonly args?: readonly string[];
  /** Keeps every write in an append-only file, flushed at once, so that `restart` and even SIGKILL lose nothing. */
  readonly appendOnly?: boolean;
  readonly password?: string;
  /** Listens with TLS only. */
  readonly tls?: TlsFiles;
  /** Writes further files into the server's folder before it starts, such as a Sentinel's configuration. */
  readonly prepare?: (folder: string) => void;
}

/** How a client reaches the server, in the terms of ioredis. */
export interface RedisConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly password?: string;
  readonly tls?: { readonly ca: string };
}

/** A `redis-server` for one test, on a free port of loopback, with its data in its own folder. */
export interface RedisServer {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly options: RedisConnectionOptions;
  /** @throws while it isn't running. */
  readonly pid: number;
  /** Ends the process and keeps the data; `start` brings both back on the same port. */
  kill(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
  start(): Promise<void>;
  /** `kill`, then `start`. Whatever wasn't in an append-only file is gone. @default "SIGTERM" */
  restart(options?: { readonly kill?: "SIGTERM" | "SIGKILL" }): Promise<void>;
  /** Stops answering, and leaves every connection open. */
  freeze(): void;
  thaw(): void;
  /** Ends the process and removes the data. May be called twice. */
  stop(): Promise<void>;
}

/** Starts a single server. If it isn't stopped, it ends with this process. */
export async function startRedis(options: RedisServerOptions = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "keyward-redis-"));
  const { port, first } = await firstRun(options, folder);
  let running: ServerProcess | undefined = first;
  const connection: RedisConnectionOptions = {
    host: loopback,
    port,
    ...(options.password !== undefined && { password: options.password }),
    ...(options.tls && { tls: { ca: options.tls.ca } }),
  };

  const server: RedisServer = {
    host: loopback,
    port,
    url: urlOf(connection),
    options: connection,
    get pid() {
      if (running === undefined) throw new Error("the server isn't running");
      return running.pid;
    },
    async kill(signal = "SIGTERM") {
      const ended = running;
      running = undefined;
      await ended?.end(signal);
    },
    async start() {
      running ??= await startServerProcess(argumentsFor(options, folder, port), folder);
    },
    async restart({ kill = "SIGTERM" } = {}) {
      await server.kill(kill);
      await server.start();
    },
    freeze: () => running?.signal("SIGSTOP"),
    thaw: () => running?.signal("SIGCONT"),
    async stop() {
      await server.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return server;
}

async function firstRun(options: RedisServerOptions, folder: string): Promise<{ port: number; first: ServerProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(options.args?.includes("--cluster-enabled") ? highestWithBus : undefined);
    options.prepare?.(folder);
    try {
      return { port, first: await startServerProcess(argumentsFor(options, folder, port), folder) };
    } catch (error) {
      if (error instanceof PortTakenError && attempt < mostAttempts) continue;
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }
}

function argumentsFor(options: RedisServerOptions, folder: string, port: number): string[] {
  const { args = [], appendOnly = false, password, tls } = options;
  const file = args[0]?.endsWith(".conf") ? [args[0]] : [];
  return [
    ...file,
    ...(tls
      ? ["--port", "0", "--tls-port", `${port}`, "--tls-cert-file", tls.certFile, "--tls-key-file", tls.keyFile]
      : ["--port", `${port}`]),
    ...(tls ? ["--tls-ca-cert-file", tls.caFile, "--tls-auth-clients", "no"] : []),
    ...["--bind", loopback, "--dir", folder, "--save", "", "--daemonize", "no", "--logfile", ""],
    ...(appendOnly ? ["--appendonly", "yes", "--appendfsync", "always"] : []),
    ...(password === undefined ? [] : ["--requirepass", password, "--masterauth", password]),
    ...args.slice(file.length),
  ];
}

function urlOf({ host, port, password, tls }: RedisConnectionOptions): string {
  const credentials = password === undefined ? "" : `:${encodeURIComponent(password)}@`;
  return `${tls ? "rediss" : "redis"}://${credentials}${host}:${port}`;
}
