import { ownRedis } from "@keyward/test-kit";
import { countInWindow } from "../script/fixtures/count-in-window.ts";
import { countInWindowCases } from "../script/fixtures/count-in-window-cases.ts";
import { replyMutants } from "./reply-mutants.ts";
import { luaMutant } from "./script-mutant.ts";
import { storeMutantsExcept } from "./store-mutants.ts";
import { testMutants } from "./test-mutants.ts";

const write = 'redis.call("SET", KEYS[2], ARGV[4], "PX", 2 * window)';
const refuse = 'return { 0, string.format("%.0f", count), left }';
const expire = 'redis.call("PEXPIRE", KEYS[1], left)';

const mutants = [
  ...storeMutantsExcept(
    "the time left is read 1 ms too long",
    "writing text keeps the TTL there was",
    "a key isn't deleted",
    "a field isn't deleted",
    "an absent key reads as an empty one",
    "the server's id is never known",
  ),
  ...replyMutants,
  luaMutant("the window is open at its deadline", "now >= opened + window", "now > opened + window"),
  luaMutant("the window closes 1 ms early", "now >= opened + window", "now >= opened + window - 1"),
  luaMutant("one call too many is counted", "count >= limit then", "count > limit then"),
  luaMutant("counts are compared as text", "count >= limit then", "tostring(count) >= tostring(limit) then"),
  luaMutant("a refusal starts the TTL again", refuse, `redis.call("PEXPIRE", KEYS[1], window) ${refuse}`),
  luaMutant("a refusal is counted", refuse, `redis.call("HINCRBY", KEYS[1], "count", 1) ${refuse}`),
  luaMutant("a refusal names its caller", refuse, `${write} ${refuse}`),
  luaMutant("every call opens the window again", 'string.format("%.0f", opened)', 'string.format("%.0f", now)'),
  luaMutant("every call starts the TTL again", expire, 'redis.call("PEXPIRE", KEYS[1], window)'),
  luaMutant("the record never expires", expire, ""),
  luaMutant("the caller's TTL is taken away", write, 'redis.call("SET", KEYS[2], ARGV[4])'),
  luaMutant("the caller is written under the wrong key", write, write.replace("KEYS[2]", "KEYS[1]")),
  luaMutant("a key is written that wasn't declared", write, `${write} redis.call("SET", KEYS[2] .. ":x", "")`),
  luaMutant(
    "a stale window's count goes on",
    "count, opened = 0, now\nend\nlocal left",
    "opened = now\nend\nlocal left",
  ),
  luaMutant("a corrupt count is taken for 0", 'return redis.error_reply("CORRUPT count")', "count, opened = 0, now"),
  luaMutant(
    "a corrupt count is deleted",
    "return redis.error_reply",
    'redis.call("DEL", KEYS[1]) return redis.error_reply',
  ),
  luaMutant("a corrupt count breaks the script", "if not count or not opened", "if count > 0 and not opened"),
  luaMutant("an error has another code", "CORRUPT count", "BROKEN count"),
  luaMutant("the server's clock is asked although the time is given", "if not now then", "if true then"),
];

// The random sequences alone must find them: tables only find what their author has thought of.
testMutants(countInWindow, mutants, { ...countInWindowCases, tables: [] }, ownRedis());
