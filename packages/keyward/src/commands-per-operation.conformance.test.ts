import { readFileSync } from "node:fs";
import { createIoredisBackend } from "@keyward/ioredis";
import { type RedisServer, startRedis, until } from "@keyward/test-kit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backendOperations } from "./fixtures/measured/backend-operations.ts";
import { concurrencyOperations } from "./fixtures/measured/concurrency-operations.ts";
import { maskingOperations } from "./fixtures/measured/masking-operations.ts";
import type { MeasuredOperation } from "./fixtures/measured/measured-operation.ts";
import { numberingOperations } from "./fixtures/measured/numbering-operations.ts";
import { withCommandBudget } from "./index.ts";

const operations = [...maskingOperations, ...numberingOperations, ...concurrencyOperations, ...backendOperations];
const monthly = 500_000;
const page = readFileSync(new URL("../../../docs/commands-per-operation.md", import.meta.url), "utf8");

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

/** Commands of the operation alone, on a server that holds the scripts. */
async function measure({ prepare }: MeasuredOperation, scope: string): Promise<number> {
  const backend = withCommandBudget(createIoredisBackend({ url: server.url, timeoutMs: 10_000 }), { monthly });
  try {
    await backend.ping();
    await until("the month is known", async () => backend.budget().month !== null);
    const operate = await prepare(backend, scope);
    const before = backend.budget().used;
    await operate();
    return backend.budget().used - before;
  } finally {
    await backend.close();
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

it("is in docs/commands-per-operation.md as it is measured", async () => {
  const rows: string[] = [];
  for (const [place, operation] of operations.entries()) {
    await measure(operation, `warm-${place}`);
    const commands = await measure(operation, `scope-${place}`);
    const perMonth = commands === 0 ? "any number" : Math.floor(monthly / commands).toLocaleString("en-US");
    rows.push(row([operation.feature, operation.operation, `${commands}`, perMonth]));
  }
  const table = [
    row(["", "operation", "commands", "500,000 a month pay for"]),
    row(["---", "---", "--:", "--:"]),
    ...rows,
  ];
  expect(/^\| +\|.*?(?=\n\n)/ms.exec(page)?.[0], "the table of docs/commands-per-operation.md").toBe(table.join("\n"));
}, 60_000);
