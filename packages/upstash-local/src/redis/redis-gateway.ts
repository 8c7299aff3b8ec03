import type { Command } from "../command/command.ts";
import { refusalOf } from "../command/refusal.ts";
import { createScriptFlags } from "../command/script-flags.ts";
import { errorText } from "../reply/error-text.ts";
import type { Reply } from "../reply/reply.ts";
import { RequestError } from "../request-error.ts";
import { createConnectionPool } from "./connection-pool.ts";
import { connectRedis, type RedisConnection } from "./redis-connection.ts";

/** The outcome of one command: its reply, or the text of an error, without arguments. */
export type Outcome = { readonly reply: Reply } | { readonly error: string };

/** Redis as the service shows it: commands that don't need a connection of their own. */
export interface RedisGateway {
  /** Runs commands in order, but not atomically: others may come in between, and a failed one doesn't stop the rest. */
  pipeline(commands: readonly Command[]): Promise<Outcome[]>;
  /** Runs all commands or none. @throws {RequestError} 400 if the transaction was discarded. */
  transaction(commands: readonly Command[]): Promise<Outcome[]>;
  close(): void;
}

const multi: Command = { name: "MULTI", args: [] };
const exec: Command = { name: "EXEC", args: [] };

export function createRedisGateway(url: string, timeoutMs: number): RedisGateway {
  const shared = connectRedis(url, timeoutMs);
  const transactions = createConnectionPool(() => connectRedis(url, timeoutMs));
  const scripts = createScriptFlags();

  function outcomeOf(reply: Reply, command: Command): Outcome {
    if (reply instanceof Error) return { error: errorText(reply.message, command) };
    const digest = scripts.digestFor(command);
    return { reply: digest === undefined ? reply : Buffer.from(digest) };
  }

  async function transact(connection: RedisConnection, commands: readonly Command[]): Promise<Outcome[]> {
    // If the rest were sent along and MULTI were refused, the rest would run without it.
    const replies = await connection.send([...commands.map(scripts.rewrite), exec], multi);
    const executed = replies.at(-1);
    if (Array.isArray(executed)) {
      return commands.map((command, index) => outcomeOf(executed[index] as Reply, command));
    }
    const failed = replies.findIndex((reply) => reply instanceof Error);
    const { message } = replies[failed] as Error;
    throw discarded(errorText(message, commands[failed] ?? exec));
  }

  return {
    async pipeline(commands) {
      const refusals = commands.map(refusalOf);
      const allowed = commands.filter((_, index) => refusals[index] === undefined);
      const replies = allowed.length > 0 ? await shared.send(allowed.map(scripts.rewrite)) : [];
      let next = 0;
      return commands.map((command, index) => {
        const refusal = refusals[index];
        if (refusal !== undefined) return { error: refusal };
        return outcomeOf(replies[next++] as Reply, command);
      });
    },

    async transaction(commands) {
      for (const refusal of commands.map(refusalOf)) {
        if (refusal !== undefined) throw discarded(refusal);
      }
      return transactions.use((connection) => transact(connection, commands));
    },

    close() {
      shared.close();
      transactions.close();
    },
  };
}

function discarded(reason: string): RequestError {
  return new RequestError(400, `EXECABORT Transaction discarded because of: ${reason}`);
}
