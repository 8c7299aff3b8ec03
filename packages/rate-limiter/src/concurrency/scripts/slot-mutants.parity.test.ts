import { luaMutant, replyMutants, type StoreDefect, storeMutantsExcept, testMutants } from "@keyward/conformance";
import { type ConnectedHost, connectHost } from "../../scripts/fixtures/connect-host.ts";
import { releaseCases, takeCases } from "./fixtures/slot-cases.ts";
import { releaseSlot } from "./release-slot.ts";
import { takeSlot } from "./take-slot.ts";

let host: ConnectedHost;
const targets = {
  redis: async () => {
    host = await connectHost();
    return host;
  },
  close: () => host.close(),
};

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
  luaMutant("a lease ends 1 ms late", "tonumber(expires) > at then", "tonumber(expires) >= at then"),
  luaMutant("time follows a clock that steps back", "if at < last then", "if false then"),
  luaMutant("what the clock has lost is forgotten", '" " .. shift .. " "', '" 0 "'),
  luaMutant("what the clock has lost counts twice", "shift = shift + last - at", "shift = shift + 2 * (last - at)"),
  luaMutant("a state of another version is read", '"^1 (%d+)', '"^%d (%d+)'),
  luaMutant("a state that is read in part only is taken", "if length ~= #lines", "if false"),
  luaMutant(
    "the key lives no longer than the slots",
    "longest = math.max(longest, attempt.expires)",
    "if kind == 'h' then longest = math.max(longest, attempt.expires) end",
  ),
  luaMutant("those who wait aren't kept", 'ipairs({ "h", "w" })', 'ipairs({ "h" })'),
];

testMutants(
  takeSlot,
  [
    ...inState,
    ...replyMutants,
    // Whoever waits alone gets a slot: nothing that it writes leaves the key empty.
    ...storeMutantsExcept(...unused, "a key isn't deleted"),
    luaMutant("one slot too many is given", "ahead < slots - #held", "ahead <= slots - #held"),
    luaMutant("newcomers pass those who wait", "(place or #queue + 1) - 1", "(place or 1) - 1"),
    luaMutant("who waits is passed by", "(place or #queue + 1) - 1", "#queue"),
    luaMutant("a renewal has to queue", 'mode == "renew" and 0 or', "false and 0 or"),
    luaMutant("an attempt gets a second slot", "held[own or #held + 1]", "held[#held + 1]"),
    luaMutant("a repeated ask is refused", "if own or ahead", "if ahead"),
    luaMutant(
      "asking again goes to the end of the queue",
      "queue[place or #queue + 1]",
      "if place then table.remove(queue, place) end\n  queue[#queue + 1]",
    ),
    luaMutant("the queue has no end", "(place or #queue < tonumber(ARGV[7]))", "true"),
    luaMutant("one too many waits", "#queue < tonumber(ARGV[7])", "#queue <= tonumber(ARGV[7])"),
    luaMutant("a full queue turns away who stands in it", "(place or #queue <", "(#queue <"),
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
    luaMutant("another's slot is released", "table.remove(held, own)", "table.remove(held, 1)"),
    luaMutant("who gives up goes on waiting", "if place then table.remove(queue, place) end", ""),
    luaMutant("everybody is called", "math.min(#queue, tonumber(ARGV[3]) - #held)", "#queue"),
    luaMutant("nobody is called", "math.min(#queue, tonumber(ARGV[3]) - #held)", "0"),
    luaMutant("one too few is called", "tonumber(ARGV[3]) - #held)", "tonumber(ARGV[3]) - #held - 1)"),
    luaMutant("the last are called first", "queue[turn].id", "queue[#queue + 1 - turn].id"),
    luaMutant(
      "what changes nothing is written",
      "if not own and not place then return { 0 } end",
      "if not own and not place then save() return { 0 } end",
    ),
  ],
  releaseCases,
  targets,
);
