import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Environment, EnvironmentVariable } from "./environment.ts";
import { ConfigurationError } from "./index.ts";
import { readRestOptions } from "./rest-options.ts";

const kv = { KV_REST_API_URL: "https://a.example.com", KV_REST_API_TOKEN: "token" };
const upstash = { UPSTASH_REDIS_REST_URL: "https://a.example.com", UPSTASH_REDIS_REST_TOKEN: "token" };

function refusal(environment: Environment): ConfigurationError {
  try {
    readRestOptions(environment);
  } catch (error) {
    if (ConfigurationError.is(error)) return error;
    throw error;
  }
  throw new Error("The variables are accepted");
}

describe("readRestOptions", () => {
  it("takes either pair of names, and both where they say the same", () => {
    const options = { url: "https://a.example.com", token: "token" };
    for (const environment of [kv, upstash, { ...kv, ...upstash }])
      expect(readRestOptions(environment)).toEqual(options);
    expect(
      readRestOptions({ ...kv, KV_REST_API_URL: " https://a.example.com/ ", KV_REST_API_TOKEN: " token\n" }),
    ).toEqual(options);
    expect(readRestOptions({ KV_REST_API_URL: "", KV_REST_API_TOKEN: " " })).toBeUndefined();
  });

  it.each<[EnvironmentVariable, Environment]>([
    ["KV_REST_API_TOKEN", { KV_REST_API_URL: "https://a.example.com" }],
    ["KV_REST_API_URL", { KV_REST_API_TOKEN: "token" }],
    ["UPSTASH_REDIS_REST_TOKEN", { ...kv, UPSTASH_REDIS_REST_URL: "https://a.example.com" }],
    ["KV_REST_API_URL", { ...kv, KV_REST_API_URL: "a.example.com" }],
    ["KV_REST_API_URL", { ...kv, KV_REST_API_URL: "redis://a.example.com" }],
    ["KV_REST_API_URL", { ...kv, KV_REST_API_URL: "https://user:pass@a.example.com" }],
    ["KV_REST_API_URL", { ...kv, KV_REST_API_URL: "https://a.example.com?token=x" }],
    ["KV_REST_API_TOKEN", { ...kv, KV_REST_API_TOKEN: "to ken" }],
    ["KV_REST_API_TOKEN", { ...kv, KV_REST_API_TOKEN: "토큰" }],
    ["UPSTASH_REDIS_REST_URL", { ...kv, ...upstash, UPSTASH_REDIS_REST_URL: "https://b.example.com" }],
    ["UPSTASH_REDIS_REST_TOKEN", { ...kv, ...upstash, UPSTASH_REDIS_REST_TOKEN: "other" }],
  ])("names %s, refusing %j", (name, environment) => {
    expect(refusal(environment).field).toBe(name);
  });

  it("never says what is in a variable", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(kv)), fc.stringMatching(/^[a-z]{12}$/), (name, text) => {
        const error = refusal({ ...kv, ...upstash, [name]: `${text} ${text}` });
        expect(`${error.stack} ${error.cause}`).not.toContain(text);
      }),
    );
  });
});
