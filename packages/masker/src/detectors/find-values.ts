import type { Detector } from "../detection/detector.ts";
import { createScanner } from "../detection/scanner.ts";
import { settle } from "../detection/settle.ts";
import { aws, network, pii, secrets } from "./index.ts";

/** For tests: lists what a set of detectors finds in a text, as type and value. */
export function createValueFinder(detectors: readonly Detector[]): (text: string) => { type: string; value: string }[] {
  const scanner = createScanner(detectors);
  return (text) =>
    settle(text, scanner.find(text).candidates).map(({ label: { type }, start, end }) => ({
      type,
      value: text.slice(start, end),
    }));
}

export const builtInDetectors: readonly Detector[] = [...aws(), ...secrets(), ...pii(), ...network()];

/** For tests: lists what all built-in detectors find. */
export const findValues = createValueFinder(builtInDetectors);

/** Splits a text whose expected values are marked with `«` and `»`. */
export function readMarked(marked: string): { text: string; values: string[] } {
  return {
    text: marked.replace(/[«»]/g, ""),
    values: [...marked.matchAll(/«([^»]*)»/g)].map(([, value = ""]) => value),
  };
}

/** Places where a value occurs in everyday text, with different neighbours on its left and right. */
export const surroundings: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `See ${value}.`,
  (value) => `(${value})`,
  (value) => `[${value}], and more`,
  (value) => `"${value}"`,
  (value) => `'${value}';`,
  (value) => `it was ${value}, then not`,
  (value) => `<b>${value}</b>`,
  (value) => `x=${value}`,
  (value) => `first line\n${value}\nlast line`,
  (value) => `first line\tthen ${value}\r\nlast line`,
  (value) => `{"text":"line one\\n${value}\\nline three"}`,
  (value) => `{\\"text\\":\\"${value}\\"}`,
  (value) => `${value}를 확인했고 ${value}은 그대로입니다`,
  (value) => `값은 ${value}입니다.`,
  (value) => `| ${value} | yes |`,
];
