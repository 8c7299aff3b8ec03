import { readWhole } from "../../numbering/scripts/reply-fields.ts";
import { defineScript } from "../../script/define-script.ts";
import reportCommandsLua from "./report-commands.lua";
import { reportCommandsInMemory } from "./report-commands.memory.ts";

export interface CommandReport {
  /** `instance:sequence`, where the sequence rises from 1. If it is sent again under the same name, it counts once. */
  readonly name: string;
  readonly commands: number;
  /** What this instance already knows: the store's count of that month can't be lower. */
  readonly known: { readonly month: string; readonly count: number } | undefined;
}

export interface MonthCount {
  /** By the store's clock, in UTC, such as `2026-07`. */
  readonly month: string;
  /** The commands of all instances, those of this script included. */
  readonly count: number;
  readonly leftMs: number;
}

/** Adds a report to the month's count. If it runs twice, it counts the report once, and its own commands twice. */
export const reportCommands = defineScript<CommandReport, MonthCount>({
  name: "report-commands",
  keys: ["count"],
  args: ({ name, commands, known }) => [name, `${commands}`, known?.month ?? "", `${known?.count ?? 0}`],
  reply: (raw) => {
    const [month = "", count, leftMs] = Array.isArray(raw) ? raw.map(String) : [];
    if (!/^\d{4}-\d\d$/.test(month)) throw new TypeError("no month");
    return { month, count: readWhole(count), leftMs: readWhole(leftMs) };
  },
  lua: reportCommandsLua,
  memory: reportCommandsInMemory,
});
