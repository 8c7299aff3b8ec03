import { createMemoryBackend } from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import { dictionary } from "../detection/dictionary.ts";
import { MaskerError } from "../errors.ts";
import type { MaskerEvent } from "../events.ts";
import { createMasker, type Masker } from "../masker.ts";
import { createTokenFormat } from "../tokens/token-format.ts";
import { createTokenReader } from "../tokens/token-reader.ts";
import { openJson } from "./open-json.ts";

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it succeeded"),
    (error: unknown) => error,
  );
}

/** Masks, checks that the source is restored exactly, and returns the masked value. */
async function maskedAndBack(source: string, masker: Masker = createMasker()): Promise<string> {
  const masked = await masker.maskJson(source);
  expect(await masker.unmaskJson(masked.text, masked)).toEqual({ text: source, unresolved: [] });
  return masked.text;
}

describe("maskJson", () => {
  it("leaves white space, order, duplicates and numbers as they were written", async () => {
    const source = '{ "b" : 12345678901234567891 ,\r\n\t"a": [ 1e3, -0, 0.10 ], "a": "10.0.0.1", "c": "\\u00e9\\/" }\n';
    expect(await maskedAndBack(source)).toBe(source.replace("10.0.0.1", "NET_IPV4_001"));
  });

  it("finds a member's value by its name", async () => {
    const source = '{"password": "hunter2-Zx9", "DBInstanceIdentifier": "prod-db", "clusters": ["blue-7", "green-8"]}';
    const text = await maskedAndBack(source);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(["password", "DBInstanceIdentifier", "clusters"]);
    for (const value of ["hunter2", "prod-db", "blue-7", "green-8"]) expect(text).not.toContain(value);
  });

  it("finds a member's value as a whole, whatever is escaped in it", async () => {
    for (const password of ['a"b12345', '"quoted-12345', "line 1\nline-2", "ends-12345\\", "tab\t12345'x"]) {
      const source = JSON.stringify({ password, next: "text" });
      expect(await maskedAndBack(source)).toBe('{"password":"SECRET_PASSWORD_001","next":"text"}');
    }
  });

  it("masks the names of members", async () => {
    expect(await maskedAndBack('{"10.0.0.1": {"kim@example.com": 1}}')).toBe('{"NET_IPV4_001": {"PII_EMAIL_001": 1}}');
  });

  it("writes a number as a string and restores it as the same number", async () => {
    const source = '{"account": 123456789012, "accounts": [123456789012 , 1], "note": "123456789012"}';
    expect(await maskedAndBack(source)).toBe(
      '{"account": "JSON_NUMBER_001", "accounts": ["JSON_NUMBER_001" , 1], "note": "AWS_ACCOUNT_001"}',
    );
    const masker = createMasker({ detectors: [dictionary({ type: "A_TERM", terms: ["7001"] })] });
    for (const number of ["7001", "-7001", "7001.50", "7001e3", "0.7001E-2", "-0.7001"]) {
      expect(await maskedAndBack(number, masker)).toMatch(/^"JSON_NUMBER_\d+"$/);
    }
  });

  it("masks JSON in strings, and JSON in strings of that", async () => {
    const inner = JSON.stringify({ host: "10.0.0.1", account: 123456789012, path: 'C:\\a "b"' });
    const call = JSON.stringify({ name: "look_up", arguments: inner });
    const text = await maskedAndBack(JSON.stringify({ calls: [call, " [ 123456789012 ] "] }));
    const outer = JSON.parse(text) as { calls: [string, string] };
    expect(outer.calls[1]).toBe(' [ "JSON_NUMBER_001" ] ');
    const { name, arguments: masked } = JSON.parse(outer.calls[0]) as { name: string; arguments: string };
    expect(name).toBe("look_up");
    expect(JSON.parse(masked)).toEqual({ host: "NET_IPV4_001", account: "JSON_NUMBER_001", path: 'C:\\a "b"' });
  });

  it("takes JSON that is nested too deep as text, and still leaves no value in it", async () => {
    let source = '{"host":"10.0.0.1"}';
    for (let depth = 0; depth < 11; depth++) source = JSON.stringify([source]);
    expect(await maskedAndBack(source)).not.toContain("10.0.0.1");
  });

  it("restores JSON in a string exactly, however it was escaped", async () => {
    const masker = createMasker({ detectors: ["network", dictionary({ type: "A_NAME", terms: ["김철수"] })] });
    const inner = '{"name": "\\uae40\\ucca0\\uc218", "host": "10.0.0.1", "url": "http:\\/\\/10.0.0.1\\/x"}';
    const text = await maskedAndBack(JSON.stringify({ arguments: inner }), masker);
    expect(JSON.parse((JSON.parse(text) as { arguments: string }).arguments)).toEqual({
      name: "JSON_ESCAPED_001",
      host: "NET_IPV4_001",
      url: "http://NET_IPV4_001/x",
    });
    const masked = await masker.maskJson(JSON.stringify({ arguments: inner }));
    expect((await masker.unmask("JSON_ESCAPED_001씨", masked)).text).toBe("김철수씨");
    const answer = await masker.unmaskJson('["JSON_ESCAPED_001씨"]', masked);
    expect(JSON.parse(answer.text)).toEqual(["김철수씨"]);
  });

  it("masks a string two strings deep as a whole if it is escaped in an unusual way", async () => {
    const innermost = '{"secret":"a\\/b-12345", "cidr":"10.0.0.0\\/16"}';
    const unusual = JSON.stringify({ inner: innermost, host: "10.0.0.1" }).replaceAll("/", "\\/");
    const text = await maskedAndBack(JSON.stringify([unusual, "10.0.0.1"]));
    const [outer, host] = JSON.parse(text) as [string, string];
    expect(JSON.parse(outer)).toEqual({ inner: "JSON_ESCAPED_001", host });
  });

  it("keeps a string from becoming JSON by being masked", async () => {
    const source = JSON.stringify(['{"password":"hunter2\\q-Zx9"}', '[1,"10.0.0.1\u0001"]']);
    const text = await maskedAndBack(source);
    for (const string of JSON.parse(text) as string[]) expect(() => JSON.parse(string)).toThrow(SyntaxError);
  });

  it("masks text that looks like a token, so that only its own tokens are restored", async () => {
    const source = '{"JSON_NUMBER_001": "JSON_NUMBER_001", "account": 123456789012, "x": "AWS EC2 001"}';
    const text = await maskedAndBack(source);
    expect(text).toContain('"account": "JSON_NUMBER_001"');
    expect(text).toMatch(/^\{"TEXT_LITERAL_001": "TEXT_LITERAL_001",.*"x": "TEXT_LITERAL_002"\}$/);
  });

  it("keeps the tokens of a document that was stored masked if the handle names them", async () => {
    const masker = createMasker();
    const stored = await masker.maskJson('{"account": 123456789012}');
    const asked = await masker.maskJson(`[${stored.text}, "10.0.0.1"]`, { keep: stored });
    expect(asked.text).toBe('[{"account": "JSON_NUMBER_001"}, "NET_IPV4_001"]');
    expect((await masker.unmaskJson(asked.text, asked)).text).toBe('[{"account": 123456789012}, "10.0.0.1"]');
  });

  it("says where in the source it found each value", async () => {
    const source = '["\\u00e9 10.0.0.1", {"account": 123456789012}]';
    const { findings } = await createMasker().maskJson(source);
    expect(findings).toEqual([
      { type: "NET_IPV4", start: 9, end: 17, token: "NET_IPV4_001" },
      { type: "JSON_NUMBER", start: 32, end: 44, token: "JSON_NUMBER_001" },
    ]);
  });

  it("asks the store once for a document, and tells its observer as for text", async () => {
    const backend = faultyBackend(createMemoryBackend(), () => undefined);
    const events: MaskerEvent[] = [];
    const masker = createMasker({ backend, encryption: "none", observer: (event) => events.push(event) });
    await maskedAndBack('["10.0.0.1", 1, {"account": 123456789012}]', masker);
    expect(backend.calls.map(({ operation }) => operation)).toEqual(["run:assign"]);
    expect(events).toMatchObject([
      { type: "mask", textLength: 42, findings: { NET_IPV4: 1, JSON_NUMBER: 1 }, storeLookups: 2 },
      { type: "unmask", tokens: 2, unresolved: {} },
    ]);
  });

  it("accepts 100,000 nested arrays", async () => {
    const source = `${"[".repeat(100_000)}"10.0.0.1"${"]".repeat(100_000)}`;
    expect(await maskedAndBack(source)).toBe(source.replace("10.0.0.1", "NET_IPV4_001"));
  });

  it("refuses input that isn't JSON, and doesn't repeat it", async () => {
    const masker = createMasker();
    const { handle } = await masker.maskJson("1");
    for (const source of ["", " ", "{", '{"a":"10.0.0.1}', "[1,]", "10.0.0.1", '"\n"', "\ufeff1", "1 2", "NaN"]) {
      for (const failure of [masker.maskJson(source), masker.unmaskJson(source, handle)]) {
        const error = (await failureOf(failure)) as MaskerError;
        expect(MaskerError.is(error) && error.code).toBe("JSON_INVALID");
        expect(error.cause).toBeUndefined();
        expect(String(error.stack)).not.toContain("10.0.0.1");
      }
    }
  });

  it("refuses a document over the limit, and a detector that uses its types", async () => {
    const masker = createMasker({ maxTextLength: 10 });
    expect(await failureOf(masker.maskJson('"10.0.0.1  "'))).toMatchObject({ code: "TEXT_TOO_LONG" });
    expect(() => dictionary({ type: "JSON_NUMBER", terms: ["x"] })).toThrow(/JSON_NUMBER/);
  });
});

describe("unmaskJson", () => {
  it("escapes an original for the string that it stands in", async () => {
    const masker = createMasker();
    const secret = 'p"a\\s\ns\ud800-123';
    const masked = await masker.maskJson(JSON.stringify({ password: secret }));
    const token = masked.findings[0]!.token;
    const answer = { [token]: [`it is ${token}.`], call: JSON.stringify({ arguments: JSON.stringify([token]) }) };
    const restored = JSON.parse((await masker.unmaskJson(JSON.stringify(answer), masked)).text) as typeof answer;
    expect(restored).toEqual({
      [secret]: [`it is ${secret}.`],
      call: JSON.stringify({ arguments: JSON.stringify([secret]) }),
    });
  });

  it("writes a number's digits if its token is only part of a string, or part of a name", async () => {
    const masker = createMasker();
    const masked = await masker.maskJson('{"account": 123456789012}');
    const answer = '{"JSON_NUMBER_001" : "JSON_NUMBER_001", "text": "account JSON_NUMBER_001", "x": "json_number_001"}';
    expect((await masker.unmaskJson(answer, masked)).text).toBe(
      '{"123456789012" : 123456789012, "text": "account 123456789012", "x": 123456789012}',
    );
  });

  it("restores only what the handle names, and says where in the source the rest is", async () => {
    const masker = createMasker();
    const masked = await masker.maskJson('["10.0.0.1"]');
    await masker.maskJson('["10.0.0.2"]');
    const answer = JSON.stringify(["\n", JSON.stringify({ a: "NET_IPV4_002", b: "NET_IPV4_001" })]);
    const { text, unresolved } = await masker.unmaskJson(answer, masked);
    expect(text).toBe(answer.replace("NET_IPV4_001", "10.0.0.1"));
    expect(unresolved).toEqual([
      { token: "NET_IPV4_002", reason: "not-issued", start: answer.indexOf("NET_IPV4_002") },
    ]);
  });

  it("refuses to restore more than should fit into memory", () => {
    const reader = createTokenReader(createTokenFormat(), ["A_TERM"]);
    const { restore } = openJson(`[${'"A_TERM_001",'.repeat(100)}1]`, reader);
    expect(() => restore(() => ({ original: "\\".repeat(1 << 20) }))).toThrow(MaskerError);
  });
});
