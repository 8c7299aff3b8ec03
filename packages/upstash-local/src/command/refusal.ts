import type { Command } from "./command.ts";

/** Commands that need a connection of their own, change the shared one, or would end the server. */
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

/** Returns why a command isn't passed on, or undefined if it is. */
export function refusalOf(command: Command): string | undefined {
  const { name } = command;
  if (unavailable.has(name)) return `ERR Command is not available: '${name}'`;
  if ((name === "XREAD" || name === "XREADGROUP") && blocks(command)) {
    return `ERR Command is not available: '${name}' with BLOCK`;
  }
  // The next commands on the connection, even those of others, would be read as the debugger's own.
  if (name === "SCRIPT" && wordAt(command, 0) === "DEBUG") return "ERR Command is not available: 'SCRIPT' with DEBUG";
  return undefined;
}

/** How many arbitrary words follow an option. Redis accepts the options in any order. */
const valuesAfter: Readonly<Record<string, number>> = { COUNT: 1, GROUP: 2 };

function blocks(command: Command): boolean {
  for (let position = 0; position < command.args.length; position += 1) {
    const word = wordAt(command, position);
    if (word === "BLOCK") return true;
    if (word === "STREAMS") return false;
    position += valuesAfter[word] ?? 0;
  }
  return false;
}

function wordAt({ args }: Command, position: number): string {
  return String(args[position]).toUpperCase();
}
