import type { RedisConnection } from "./redis-connection.ts";

const mostIdle = 8;

/** Connections that each serve one caller at a time. */
export interface ConnectionPool {
  /** Runs `work` on a connection that nobody else uses meanwhile. There are as many as callers need at once. */
  use<T>(work: (connection: RedisConnection) => Promise<T>): Promise<T>;
  close(): void;
}

export function createConnectionPool(connect: () => RedisConnection): ConnectionPool {
  const idle: RedisConnection[] = [];
  const all = new Set<RedisConnection>();

  return {
    async use(work) {
      const connection = idle.pop() ?? connect();
      all.add(connection);
      try {
        return await work(connection);
      } finally {
        if (idle.length < mostIdle) {
          idle.push(connection);
        } else {
          all.delete(connection);
          connection.close();
        }
      }
    },
    close() {
      for (const connection of all) connection.close();
    },
  };
}
