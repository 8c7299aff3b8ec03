/** What it takes to tell which package manager a system has. */
export interface SystemFacts {
  /** `process.platform`. */
  readonly platform: string;
  /** The content of `/etc/os-release`, if there is one. */
  readonly osRelease: string;
}

/** The Linux families, by the words of `ID` and `ID_LIKE`. */
const linuxCommands: readonly (readonly [RegExp, string])[] = [
  [/\b(debian|ubuntu)\b/, "sudo apt-get update && sudo apt-get install -y redis-server"],
  [/\b(fedora|rhel|centos|amzn)\b/, "sudo dnf install -y redis"],
  [/\balpine\b/, "sudo apk add redis"],
  [/\barch\b/, "sudo pacman -S --noconfirm redis"],
  [/\bsuse\b/, "sudo zypper install -y redis"],
];

/** The command that brings a `redis-server` to this system, for the user to run. */
export function installCommand({ platform, osRelease }: SystemFacts): string {
  if (platform === "darwin") return "brew install redis";
  if (platform === "win32") return "wsl sudo apt-get install -y redis-server, and run the suite inside WSL";
  const family = familyOf(osRelease);
  const known = linuxCommands.find(([pattern]) => pattern.test(family));
  return known?.[1] ?? "your package manager's install of redis (7 or later)";
}

/** Whether the system's packages are Debian's. */
export function isDebianFamily({ platform, osRelease }: SystemFacts): boolean {
  return platform === "linux" && /\b(debian|ubuntu)\b/.test(familyOf(osRelease));
}

function familyOf(osRelease: string): string {
  return osRelease
    .split("\n")
    .filter((line) => /^ID(_LIKE)?=/.test(line))
    .map((line) => line.replace(/^[A-Z_]+=/, "").replaceAll('"', ""))
    .join(" ");
}
