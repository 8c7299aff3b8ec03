import type { RawReply } from "../../script/script.ts";
import type { ScriptStore } from "../../script/script-store.ts";

const dayMs = 86_400_000;

/** Twin of `report-commands.lua`. */
export function reportCommandsInMemory(store: ScriptStore, keys: readonly string[], args: readonly string[]): RawReply {
  const [key = ""] = keys;
  const [report = "", commands, knownMonth, knownCount] = args;
  const date = new Date(store.now);
  const name = date.toISOString().slice(0, 7);
  const left = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - store.now;

  const [, counted, total = "", stored = ","] = /^(\d+-\d+) (\d+) (,.*)$/s.exec(store.get(key) ?? "") ?? [];
  let count = counted === name && total.length < 16 ? Number(total) : 0;
  if (knownMonth === name) count = Math.max(count, Number(knownCount));
  const [instance = "", sequence] = report.split(":");
  const latest = Number(new RegExp(`,${instance}:(\\d+),`).exec(stored)?.[1] ?? 0);
  if (Number(sequence) > latest) count += Number(commands);
  count += 3;
  const others = stored.replace(new RegExp(`,${instance}:\\d+`, "g"), "");
  const reports = `,${instance}:${Math.max(Number(sequence), latest)}${others}`;

  store.set(key, `${name} ${count} ${reports.slice(0, 2048)}`, left + dayMs);
  return [name, `${count}`, `${left}`];
}
