import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { guard, release } from "../redis/process-guardian.ts";

/** What the package exports. It has no types of its own. */
interface WorkerdPackage {
  /** The path of the binary, which comes in a package for each platform, so that nothing has to be fetched. */
  readonly default: string;
  readonly compatibilityDate: string;
}

const { default: binary, compatibilityDate: newest } = createRequire(import.meta.url)("workerd") as WorkerdPackage;

export interface WorkerdOptions {
  /** A bundled ES module whose default export has the handlers. */
  readonly code: string;
  /** The variables in the handlers' `env`. */
  readonly variables: Readonly<Record<string, string>>;
  /** The date whose behaviour the runtime adopts. @default the newest that it knows */
  readonly compatibilityDate?: string | undefined;
}

/** Cloudflare's runtime for Workers, with one Worker, on a free port of loopback. */
export interface Workerd {
  readonly url: string;
  /** Everything that the runtime has written: errors that nobody handled, warnings, what the Worker logged. */
  readonly output: string;
  stop(): Promise<void>;
}

/** Starts the runtime. If it isn't stopped, it ends with this process. */
export async function startWorkerd(options: WorkerdOptions): Promise<Workerd> {
  const folder = mkdtempSync(join(tmpdir(), "keyward-workerd-"));
  writeFileSync(join(folder, "worker.mjs"), options.code);
  writeFileSync(join(folder, "config.capnp"), configurationFor(options));
  const child = spawn(binary, ["serve", "--control-fd=3", "config.capnp", "config"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  if (child.pid !== undefined) guard(child.pid, folder);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = once(child, "exit").then(() => {
    if (child.pid !== undefined) release(child.pid);
    rmSync(folder, { recursive: true, force: true });
  });
  const port = await Promise.race([listeningPort(child), exited]);
  if (port === undefined) throw new Error(`workerd ended before it listened:\n${output}`);
  return {
    url: `http://127.0.0.1:${port}`,
    get output() {
      return output;
    },
    async stop() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function configurationFor({ variables, compatibilityDate = newest }: WorkerdOptions): string {
  const bindings = Object.entries(variables).map(
    ([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`,
  );
  // By default a Worker can't reach private addresses, so it gets a network that can.
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "worker", worker = .worker), (name = "internet", network = (allow = ["private"]))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.mjs")],
  compatibilityDate = ${JSON.stringify(compatibilityDate)},
  bindings = [${bindings.join(", ")}],
);
`;
}

/** The runtime takes a free port, and writes it to the descriptor that it was given for that. */
async function listeningPort({ stdio }: ChildProcess): Promise<number | undefined> {
  for await (const line of createInterface({ input: stdio[3] as Readable })) {
    const { event, port } = JSON.parse(line) as { readonly event: string; readonly port?: number };
    if (event === "listen") return port;
  }
  return undefined;
}
