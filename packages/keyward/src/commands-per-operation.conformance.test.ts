import { readFileSync } from "node:fs";
import { createIoredisBackend } from "@keyward/ioredis";
import { type RedisServer, startRedis, until } from "@keyward/test-kit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backendOperations } from "./fixtures/measured/backend-operations.ts";
import { concurrencyOperations } from "./fixtures/measured/concurrency-operations.ts";
import { limitingOperations } from "./fixtures/measured/limiting-operations.ts";
import { maskingOperations } from "./fixtures/measured/masking-operations.ts";
import type { MeasuredOperation } from "./fixtures/measured/measured-operation.ts";
import { monthlyUses } from "./fixtures/measured/monthly-uses.ts";
import { numberingOperations } from "./fixtures/measured/numbering-operations.ts";
import { withCommandBudget } from "./index.ts";

const operations = [
  ...maskingOperations,
  ...numberingOperations,
  ...limitingOperations,
  ...concurrencyOperations,
  ...backendOperations,
];
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

function monthlyRow({ use, calls }: (typeof monthlyUses)[number], costs: ReadonlyMap<string, number>): string {
  const commands = calls.reduce((sum, [operation, times]) => {
    const cost = costs.get(operation);
    if (cost === undefined) throw new Error(`nothing measured is called ${operation}`);
    return sum + cost * times;
  }, 0);
  return row([use, commands.toLocaleString("en-US"), `${((100 * commands) / monthly).toFixed(1)} %`]);
}

it("is in docs/commands-per-operation.md as it is measured, and so is what a month costs", async () => {
  const rows: string[] = [];
  const costs = new Map<string, number>();
  for (const [place, operation] of operations.entries()) {
    await measure(operation, `warm-${place}`);
    const commands = await measure(operation, `scope-${place}`);
    const perMonth = commands === 0 ? "any number" : Math.floor(monthly / commands).toLocaleString("en-US");
    costs.set(`${operation.feature}: ${operation.operation}`, commands);
    rows.push(row([operation.feature, operation.operation, `${commands}`, perMonth]));
  }
  const table = [
    row(["", "operation", "commands", "500,000 a month pay for"]),
    row(["---", "---", "--:", "--:"]),
    ...rows,
  ];
  expect(/^\| +\|.*?(?=\n\n)/ms.exec(page)?.[0], "the table of docs/commands-per-operation.md").toBe(table.join("\n"));
  const month = [
    row(["in a month of 30 days", "commands", "of 500,000"]),
    row(["---", "--:", "--:"]),
    ...monthlyUses.map((use) => monthlyRow(use, costs)),
  ];
  expect(/^\| in a month.*?(?=\n\n)/ms.exec(page)?.[0], "the table of what a month costs").toBe(month.join("\n"));
}, 60_000);
