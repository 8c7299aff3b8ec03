import { createHash } from "node:crypto";
import type { Command } from "./command.ts";

const serviceFlag = "allow-key-locking";
const mostDigests = 10_000;

/** Makes scripts with the service's own flag run on a stock Redis, under the digest of the caller's text. */
export interface ScriptFlags {
  /** Returns the command to send instead of this one. */
  rewrite(command: Command): Command;
  /** Returns the digest with which to answer SCRIPT LOAD. The replies of other commands stay as they are. */
  digestFor(command: Command): string | undefined;
}

/**
 * Redis rejects `#!lua flags=allow-key-locking`, so the flag is removed. The text that Redis gets then has another digest than the
 * caller's text, by which EVALSHA calls it, so the pairs of digests are kept here. A pair is forgotten after a restart, or
 * beyond 10,000 scripts. Then the caller gets NOSCRIPT, for which it has to be prepared anyway.
 */
export function createScriptFlags(): ScriptFlags {
  const digests = new Map<string, string>();
  const sentDigest = (digest: string) => digests.get(digest.toLowerCase()) ?? digest;

  function withoutFlag(script: string | Buffer): string | Buffer {
    const stripped = stripServiceFlag(script.toString());
    if (stripped === undefined) return script;
    const original = digestOf(script);
    digests.delete(original);
    digests.set(original, digestOf(stripped));
    if (digests.size > mostDigests) digests.delete(digests.keys().next().value as string);
    return stripped;
  }

  return {
    rewrite({ name, args }) {
      const [first, ...rest] = args;
      if (first === undefined) return { name, args };
      if (name === "EVAL" || name === "EVAL_RO") return { name, args: [withoutFlag(first), ...rest] };
      if (name === "EVALSHA" || name === "EVALSHA_RO") return { name, args: [sentDigest(first.toString()), ...rest] };
      if (name !== "SCRIPT") return { name, args };
      const subcommand = first.toString().toUpperCase();
      if (subcommand === "LOAD") return { name, args: [first, ...rest.map(withoutFlag)] };
      if (subcommand === "EXISTS") return { name, args: [first, ...rest.map((each) => sentDigest(each.toString()))] };
      return { name, args };
    },

    digestFor({ name, args: [subcommand, script] }) {
      const loads = name === "SCRIPT" && subcommand?.toString().toUpperCase() === "LOAD";
      return loads && script !== undefined ? digestOf(script) : undefined;
    },
  };
}

/** Returns the script without the flag. Its line stays, even if it is empty, so that errors name the right lines. */
function stripServiceFlag(script: string): string | undefined {
  const [firstLine = ""] = script.split("\n", 1);
  const found = /^(#!lua\s.*?)\bflags=(\S+)(.*)$/s.exec(firstLine);
  const flags = found?.[2]?.split(",") ?? [];
  if (!found || !flags.includes(serviceFlag)) return undefined;
  const others = flags.filter((flag) => flag !== serviceFlag);
  // Servers before Redis 7 don't know such a line, so one without any flags is emptied.
  const line = others.length > 0 ? `${found[1]}flags=${others.join(",")}${found[3]}` : "";
  return line + script.slice(firstLine.length);
}

function digestOf(script: string | Buffer): string {
  return createHash("sha1").update(script).digest("hex");
}
