import { expected, type Row } from "../seen/expected.ts";
import type { Seen } from "../seen/feature.ts";

/** The columns of the table, and the features in each; what is seen of those in one column never differs. */
export const columns: Readonly<Record<string, readonly string[]>> = {
  "mask, new values": ["mask, new values"],
  "mask, known values": ["mask, known values"],
  "unmask, unmaskStream, resolve": ["unmask", "unmask a stream", "mapping store, resolve"],
  "erase, reindex, counter, assign, set": [
    "erase",
    "reindex",
    "counter",
    "mapping store, assign",
    "set, degrade never",
  ],
  publish: ["publish"],
  get: ["get, degrade never"],
  "get, degrade local": ["get, degrade local"],
  "script, degrade local": ["script, degrade local"],
  "check, local": ["check, local"],
  "check, throw; refund, block, acquire": ["check, throw", "refund", "block", "acquire"],
  "reset, delete": ["reset", "delete, degrade never"],
};

const words: Readonly<Record<Seen, string>> = {
  done: "as ever",
  sealed: "a sealed token",
  memory: "from memory",
  "not applied": "`not-applied`",
  unknown: "`unknown`",
  full: "`BACKEND_FULL`",
  rejected: "`BACKEND_REJECTED`",
  unreadable: "`BACKEND_REPLY_INVALID`",
};

/** The table of `docs/faults.md` for these faults, as Markdown. */
export function faultsTable(faults: readonly { readonly name: string }[]): string {
  const names = Object.keys(columns);
  const lines = faults.map(({ name }) => [name, ...names.map((column) => cellOf(expected[name] ?? {}, column))]);
  return [["fault", ...names], ["---", ...names.map(() => "---")], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

function cellOf(row: Row, column: string): string {
  const seen = new Set((columns[column] ?? []).map((feature) => row[feature]));
  const [only] = seen;
  if (seen.size !== 1 || only === undefined) throw new Error(`the features of one column differ: ${column}`);
  return words[only];
}
