import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runCommand } from "../suite/run-command.ts";
import { aptInstallRedis } from "./apt-install-redis.ts";
import { installCommand, isDebianFamily, type SystemFacts } from "./install-command.ts";

/** Where the server is, or what to tell the user. */
export type ProvidedRedisServer = { readonly path: string } | { readonly missing: string };

/**
 * Finds the `redis-server` that the tests start: the one that `KEYWARD_REDIS_SERVER` names, else the one on the `PATH`,
 * else, as root on Debian or Ubuntu, one that apt installs now.
 */
export async function provideRedisServer(): Promise<ProvidedRedisServer> {
  const named = process.env["KEYWARD_REDIS_SERVER"];
  if (named)
    return (await answers(named)) ? { path: named } : { missing: `KEYWARD_REDIS_SERVER: ${named} doesn't run.` };
  const onPath = findOnPath();
  if (onPath) return { path: onPath };
  const system = systemFacts();
  if (isDebianFamily(system) && process.getuid?.() === 0) {
    const failure = await aptInstallRedis();
    const installed = findOnPath();
    if (installed) return { path: installed };
    return { missing: `The tests need redis-server, and apt couldn't install it:\n${failure}` };
  }
  return {
    missing: [
      "The tests need a redis-server and there is none on the PATH. Install it with",
      `  ${installCommand(system)}`,
      "or set KEYWARD_REDIS_SERVER to the path of one.",
    ].join("\n"),
  };
}

async function answers(path: string): Promise<boolean> {
  return (await runCommand(path, ["--version"])).succeeded;
}

function findOnPath(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, "redis-server")).find((path) => existsSync(path));
}

function systemFacts(): SystemFacts {
  const path = "/etc/os-release";
  return { platform: process.platform, osRelease: existsSync(path) ? readFileSync(path, "utf8") : "" };
}
