import { describe, expect, it } from "vitest";
import { errorText } from "./error-text.ts";

describe("errorText", () => {
  it.each([
    ["ERR unknown command 'NO', with args beginning with: 'a' 'b' ", ["a", "b"], "ERR unknown command 'NO'"],
    ["ERR unknown subcommand 'it's'. Try SCRIPT HELP.", ["it's"], "ERR unknown subcommand. Try SCRIPT HELP."],
    [
      "NOGROUP No such key 'k'1' or consumer group 'g'",
      ["GROUP", "g", "c", "k'1"],
      "NOGROUP No such key '?' or consumer group '?'",
    ],
    ["NOGROUP No such key 'a  b'", ["a\r\nb"], "NOGROUP No such key '?'"],
    ["NOGROUP No such key '\ufffd'", [Buffer.from([255])], "NOGROUP No such key '?'"],
    [
      "ERR value is not an integer or out of range",
      ["value", "integer"],
      "ERR value is not an integer or out of range",
    ],
    ["NOSCRIPT No matching script. Please use EVAL.", ["", "0"], "NOSCRIPT No matching script. Please use EVAL."],
  ])("removes arguments from %j", (message, args, expected) => {
    expect(errorText(message, { name: "ANY", args })).toBe(expected);
  });
});
