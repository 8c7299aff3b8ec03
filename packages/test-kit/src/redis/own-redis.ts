import { adminClient } from "./admin-client.ts";
import { startRedis } from "./start-redis.ts";

/** Runs commands in one MULTI/EXEC, as the conformance suite wants it: a command that fails leaves an `Error` in its place. */
export interface TransactingRedis {
  transaction(commands: readonly (readonly string[])[]): Promise<readonly unknown[]>;
}

/** What `testScript` and `testMutants` take as their targets. */
export interface OwnRedis {
  redis(): Promise<TransactingRedis>;
  close(): Promise<void>;
}

/** Targets that give each set of tests a Redis of its own, one after the other. */
export function ownRedis(): OwnRedis {
  let stop: (() => Promise<void>) | undefined;
  return {
    async redis() {
      const server = await startRedis();
      const client = adminClient(server.options);
      stop = async () => {
        client.disconnect();
        await server.stop();
      };
      return {
        async transaction(commands) {
          const replies = await client.multi(commands.map((command) => [...command])).exec();
          return (replies ?? []).map(([error, reply]) => error ?? reply);
        },
      };
    },
    async close() {
      await stop?.();
    },
  };
}
