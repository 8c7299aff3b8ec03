import { describe, expect, it } from "vitest";
import { installCommand, isDebianFamily } from "./install-command.ts";

const linux = (osRelease: string) => ({ platform: "linux", osRelease });

describe("installCommand", () => {
  it.each([
    ["macOS", { platform: "darwin", osRelease: "" }, "brew install redis"],
    [
      "Debian",
      linux('NAME="Debian GNU/Linux"\nID=debian'),
      "sudo apt-get update && sudo apt-get install -y redis-server",
    ],
    [
      "Mint",
      linux('ID=linuxmint\nID_LIKE="ubuntu debian"'),
      "sudo apt-get update && sudo apt-get install -y redis-server",
    ],
    ["Rocky", linux('ID="rocky"\nID_LIKE="rhel centos fedora"'), "sudo dnf install -y redis"],
    ["Alpine", linux("ID=alpine"), "sudo apk add redis"],
    ["openSUSE", linux('ID="opensuse-leap"\nID_LIKE="suse opensuse"'), "sudo zypper install -y redis"],
    ["a system it doesn't know", linux("ID=void"), "your package manager's install of redis (7 or later)"],
  ])("names the command of %s", (_name, facts, command) => {
    expect(installCommand(facts)).toBe(command);
  });
});

describe("isDebianFamily", () => {
  it("goes by the identifiers, not by other lines", () => {
    expect(isDebianFamily(linux("ID=ubuntu\nID_LIKE=debian"))).toBe(true);
    expect(isDebianFamily(linux('ID=void\nHOME_URL="https://debian.example"'))).toBe(false);
  });
});
