import { luaMutant, replyMutants, type StoreDefect, storeMutantsExcept, testMutants } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { releaseCases, takeCases } from "./fixtures/slot-cases.ts";
import { releaseSlot } from "./release-slot.ts";
import { takeSlot } from "./take-slot.ts";

const targets = ownRedis();

/** Of hashes, of reading TTLs, of servers' ids, and of more keys than one: none of it is done here. */
const unused: readonly StoreDefect[] = [
  "the time left is read 1 ms too long",
  "writing text keeps the TTL there was",
  "text goes to the first key",
  "the first field written is lost",
  "a field isn't deleted",
  "fields go to the last key",
  "an absent field reads as an empty one",
  "the server's id is never known",
];

/** In the state that all scripts read and write. */
const inState = [
  luaMutant("a lease ends 1 ms late", "if ends > at then", "if ends >= at then"),
  luaMutant("who has ended is looked for 1 ms late", "if at >= earliest", "if at > earliest"),
  luaMutant("who has ended isn't looked for", "if at >= earliest", "if false"),
  luaMutant("the earliest end isn't kept", "math.min(earliest, ends)", "ends"),
  luaMutant("the longest end isn't kept", "math.max(longest, ends)", "ends"),
  luaMutant(
    "the longest end is kept beyond it",
    "earliest, longest = math.huge, 0\n  held",
    "earliest = math.huge\n  held",
  ),
  luaMutant("time follows a clock that steps back", "if at < last then", "if false then"),
  luaMutant("what the clock has lost is forgotten", "{ 1, born, shift,", "{ 1, born, 0,"),
  luaMutant("what the clock has lost counts twice", "shift = shift + last - at", "shift = shift + 2 * (last - at)"),
  luaMutant("a state of another version is read", '"^1 (%d+)', '"^%d (%d+)'),
  luaMutant("a state of another length is read", "#raw - head[8] + 1 ~= WIDTH * (head[6] + head[7])", "false"),
  luaMutant("an id is found across two others", "(from - 1) % WIDTH ~= 0", "false"),
  luaMutant("those who wait aren't kept", ".. held .. queue,", ".. held,"),
];

testMutants(
  takeSlot,
  [
    ...inState,
    ...replyMutants,
    // Whoever waits alone gets a slot: nothing that it writes leaves the key empty.
    ...storeMutantsExcept(...unused, "a key isn't deleted"),
    luaMutant("one slot too many is given", "ahead < slots - #held", "ahead <= slots - #held"),
    luaMutant("newcomers pass those who wait", "((place or #queue + 1) - 1)", "((place or 1) - 1)"),
    luaMutant("who waits is passed by", "((place or #queue + 1) - 1)", "#queue"),
    luaMutant("a renewal has to queue", 'mode == "renew" and 0 or', "false and 0 or"),
    luaMutant("an attempt gets a second slot", "put(held, own, id", "put(held, nil, id"),
    luaMutant("a repeated ask is refused", "if own or ahead", "if ahead"),
    luaMutant(
      "asking again goes to the end of the queue",
      "queue = put(queue, place,",
      "queue = put(place and drop(queue, place) or queue, nil,",
    ),
    luaMutant("the queue has no end", "(place or #queue / WIDTH < tonumber(ARGV[7]))", "true"),
    luaMutant("one too many waits", "#queue / WIDTH < tonumber", "#queue / WIDTH <= tonumber"),
    luaMutant("a full queue turns away who stands in it", "(place or #queue / WIDTH <", "(#queue / WIDTH <"),
    luaMutant("who asks for the last time goes on waiting", "elseif place then", "elseif false then"),
    luaMutant("a refusal is written", "if place or status == 1 or status == 2 then", "if true then"),
    luaMutant("a place isn't kept up", "if place or status == 1 or status == 2 then", "if status == 1 then"),
  ],
  takeCases,
  targets,
);

testMutants(
  releaseSlot,
  [
    ...storeMutantsExcept(...unused),
    luaMutant("another's slot is released", "drop(held, own)", "drop(held, 1)"),
    luaMutant("who gives up goes on waiting", "if place then queue = drop(queue, place) end", ""),
    luaMutant("everybody is called", "math.min(#queue, turns * WIDTH)", "#queue"),
    luaMutant("nobody is called", "math.min(#queue, turns * WIDTH)", "0"),
    luaMutant("one too few is called", "turns * WIDTH)", "(turns - 1) * WIDTH)"),
    luaMutant(
      "the last are called first",
      "string.sub(queue, from, from + ID - 1)",
      "string.sub(queue, #queue + 1 - from - WIDTH + 1, #queue - from - WIDTH + 1 + ID)",
    ),
    luaMutant(
      "what changes nothing is written",
      "if not own and not place then return { 0 } end",
      "if not own and not place then save() return { 0 } end",
    ),
  ],
  releaseCases,
  targets,
);
