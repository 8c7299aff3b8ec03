import type { Command } from "./command.ts";

/** Needs a connection of the caller's own, changes the shared one, or would end the server behind it. */
const unavailable = new Set(
  [
    ["SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE", "MONITOR"],
    ["MULTI", "EXEC", "DISCARD", "WATCH", "UNWATCH"],
    ["AUTH", "HELLO", "SELECT", "CLIENT", "QUIT", "RESET", "READONLY", "READWRITE", "ASKING"],
    ["SYNC", "PSYNC", "REPLCONF", "REPLICAOF", "SLAVEOF", "FAILOVER", "CLUSTER", "MIGRATE"],
    ["SHUTDOWN", "DEBUG", "MODULE", "CONFIG"],
    ["BLPOP", "BRPOP", "BRPOPLPUSH", "BLMOVE", "BLMPOP", "BZPOPMIN", "BZPOPMAX", "BZMPOP", "WAIT", "WAITAOF"],
  ].flat(),
);

/** Why a command isn't passed on, or undefined if it is. */
export function refusalOf(command: Command): string | undefined {
  const { name } = command;
  if (unavailable.has(name)) return `ERR Command is not available: '${name}'`;
  if ((name === "XREAD" || name === "XREADGROUP") && blocks(command)) {
    return `ERR Command is not available: '${name}' with BLOCK`;
  }
  return undefined;
}

function blocks({ name, args }: Command): boolean {
  // GROUP, its name and the consumer stand first; either name may be any word.
  let position = name === "XREADGROUP" ? 3 : 0;
  for (; position < args.length; position += 1) {
    const word = String(args[position]).toUpperCase();
    if (word === "BLOCK") return true;
    if (word === "STREAMS") return false;
    if (word === "COUNT") position += 1;
  }
  return false;
}
