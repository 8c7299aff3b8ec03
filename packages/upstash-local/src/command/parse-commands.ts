import { parse as parseExactly } from "lossless-json";
import { RequestError } from "../request-error.ts";
import { type Command, commandOf } from "./command.ts";

/** Reads a command in a JSON array, such as `["SET", "key", 1]`. @throws {RequestError} 400 for anything else. */
export function parseCommand(body: Buffer): Command {
  return commandFrom(parseJson(body));
}

/**
 * Reads several commands in an array of arrays.
 *
 * @throws {RequestError} 400 for anything else, or more than `maxCommands`.
 */
export function parseCommands(body: Buffer, maxCommands: number): Command[] {
  const rows = parseJson(body);
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new RequestError(400, "ERR the body must be a JSON array of commands, each of them an array too");
  }
  if (rows.length > maxCommands) {
    throw new RequestError(400, `ERR too many commands in one request. Limit: ${maxCommands}`);
  }
  return rows.map(commandFrom);
}

function commandFrom(value: unknown): Command {
  if (!Array.isArray(value)) {
    throw new RequestError(400, "ERR a command must be a JSON array that begins with its name");
  }
  const [name, ...args] = value.map(textOf);
  if (name === undefined || name === "") throw new RequestError(400, "ERR empty command");
  return commandOf([name, ...args]);
}

function textOf(part: unknown): string {
  if (typeof part === "string") return part;
  if (typeof part === "number" || typeof part === "boolean") return String(part);
  throw new RequestError(400, "ERR the parts of a command must be strings, numbers or booleans");
}

function parseJson(body: Buffer): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    const value: unknown = JSON.parse(text);
    return isExact(value) ? value : parseExactly(text, undefined, String);
  } catch {
    throw new RequestError(400, "ERR the body isn't valid JSON in UTF-8");
  }
}

/** Whether no number in it can have lost digits. Fractions and large numbers are taken as they were written. */
function isExact(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.every((row) => (Array.isArray(row) ? row.every(isExactNumber) : isExactNumber(row)));
  }
  return true;
}

function isExactNumber(value: unknown): boolean {
  return typeof value !== "number" || Number.isSafeInteger(value);
}
