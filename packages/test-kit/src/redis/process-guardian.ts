import { type ChildProcess, spawn } from "node:child_process";

/**
 * Once its standard input ends, because the process that started it is gone in whatever way, it kills what is still on its list
 * and removes the folders. An exit handler alone would leave servers behind after a SIGKILL.
 */
const script = `
list=""
while read -r action pid folder; do
  kept=""
  for entry in $list; do [ "\${entry%%=*}" = "$pid" ] || kept="$kept $entry"; done
  list="$kept"
  [ "$action" = "+" ] && list="$list $pid=$folder"
done
for entry in $list; do kill -9 "\${entry%%=*}" 2>/dev/null; rm -rf "\${entry#*=}"; done
`;

let guardian: ChildProcess | undefined;

function tell(line: string): void {
  if (guardian === undefined) {
    // Detached, so that a Ctrl+C for the whole group doesn't end the guardian before the servers.
    guardian = spawn("/bin/sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    guardian.unref();
    (guardian.stdin as unknown as { unref(): void }).unref();
  }
  guardian.stdin?.write(`${line}\n`);
}

/** Ends the process and removes its folder when this process ends without having done so. */
export function guard(pid: number, folder: string): void {
  tell(`+ ${pid} ${folder}`);
}

/** To be called when the process has ended, because another one may soon have its id. */
export function release(pid: number): void {
  tell(`- ${pid} -`);
}
