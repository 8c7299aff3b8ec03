import type { HostileText } from "./detector-texts.ts";

/** JSON that is deep, wide, escaped again and again, or full of values. */
export const jsonTexts: readonly HostileText[] = [
  wrapped("nested arrays", "[", "1", "]"),
  wrapped("nested objects", '{"a":', "1", "}"),
  listOf("empty objects", "{}"),
  listOf("short numbers", "1"),
  listOf("long numbers", "12345678901234567890.5e-10"),
  listOf("escaped quotes", String.raw`"\"\"\"\"\"\"\"\""`),
  listOf("escaped backslashes", String.raw`"\\\\\\\\\\\\\\\\"`),
  listOf("escaped units", String.raw`"\u0041\u003c\ud83d\ude00\u0000"`),
  listOf("JSON in strings", String.raw`"{\"a\":\"{\\\"b\\\":[1,2]}\"}"`),
  listOf("the same value", '"i-1234567890abcdef0"'),
  listOf("passwords", '{"password":"x1!x1!x1!"}'),
  listOf("beginnings of JSON in strings", '"[[[[{{{{[[[["'),
  { name: "one long string", make: (length) => JSON.stringify("a ".repeat(length / 2 - 1)) },
  { name: "one long string of quotes", make: (length) => JSON.stringify('"'.repeat(length / 2 - 1)) },
  {
    name: "one long key",
    make: (length) => JSON.stringify({ ["a".repeat(length - 10)]: 1 }),
  },
  {
    name: "JSON in JSON, eight times",
    make(length) {
      let text = "x";
      for (let depth = 0; depth < 8; depth++) text = JSON.stringify({ a: text });
      return `[${Array(Math.max(1, Math.floor(length / (text.length + 1))))
        .fill(text)
        .join()}]`;
    },
  },
];

function wrapped(name: string, open: string, inside: string, close: string): HostileText {
  return {
    name,
    make(length) {
      const depth = Math.floor((length - inside.length) / (open.length + close.length));
      return open.repeat(depth) + inside + close.repeat(depth);
    },
  };
}

function listOf(name: string, item: string): HostileText {
  return {
    name: `a list of ${name}`,
    make: (length) =>
      `[${Array(Math.floor(length / (item.length + 1)))
        .fill(item)
        .join()}]`,
  };
}
