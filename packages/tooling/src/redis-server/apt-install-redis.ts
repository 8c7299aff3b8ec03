import { existsSync, rmSync, writeFileSync } from "node:fs";
import { runCommand } from "../suite/run-command.ts";

/** Debian runs this file before a package starts its service. The exit code 101 forbids that. */
const servicePolicyPath = "/usr/sbin/policy-rc.d";

/**
 * Installs `redis-server` by apt, without starting the service that the package brings: the tests start their own.
 *
 * @returns what apt said, when it failed
 */
export async function aptInstallRedis(): Promise<string | undefined> {
  console.error("Installing redis-server with apt ...");
  const policyIsOurs = !existsSync(servicePolicyPath);
  if (policyIsOurs) writeFileSync(servicePolicyPath, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    for (const step of [["update"], ["install", "-y", "--no-install-recommends", "redis-server"]]) {
      const { succeeded, output } = await runCommand("apt-get", ["-qq", ...step], {
        environment: { DEBIAN_FRONTEND: "noninteractive" },
      });
      if (!succeeded) return output;
    }
    return undefined;
  } finally {
    if (policyIsOurs) rmSync(servicePolicyPath);
  }
}
