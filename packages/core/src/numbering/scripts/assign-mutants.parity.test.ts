import { luaMutant, storeMutantsExcept, testMutants } from "@keyward/conformance";
import { ownRedis } from "@keyward/test-kit";
import { assignCases } from "../fixtures/assign-cases.ts";
import { assign } from "./assign.ts";

/** Defects that would break a law of the numbering, each in one place in the Lua. */
const mutants = [
  luaMutant("a generation is due 1 ms late", "now - newest.start >= period", "now - newest.start > period"),
  luaMutant("the older generation is taken for the newest", "newest.start > older.start", "newest.start < older.start"),
  luaMutant("a shorter ttl isn't applied", "or ttl < period) then period = ttl", "or false) then period = ttl"),
  luaMutant(
    "the generation before keeps its deadline",
    "local isShortened = ttl > 0 and (",
    "local isShortened = false and (",
  ),
  luaMutant(
    "a hit in the older generation isn't copied",
    "values[place], elsewhere[place] = value, true",
    "values[place], elsewhere[place] = value, false",
  ),
  luaMutant(
    "the numbers repeated in generations aren't read",
    "newest.live and whole(newest.witnesses[place], name) or number",
    "number",
  ),
  luaMutant("lost counters aren't restored", "local all = opening or isLost or", "local all = opening or"),
  luaMutant(
    "the life isn't repeated in a new generation",
    'put(writes, "!life", text(epoch) .. ":" .. text(born))\n  if index',
    "if index",
  ),
  luaMutant(
    "the life isn't repeated in an open generation",
    "if target.epoch ~= epoch or target.born ~= born then put",
    "if false then put",
  ),
  luaMutant("the birth is repeated without every type", "or target.born ~= born or (", "or ("),
  luaMutant("the older generation keeps the life", 'local fields = { "!life", "0:0" }', "local fields = {}"),
  luaMutant(
    "an epoch that the counters have lost isn't read from the generation",
    "math.max(epoch, newest.epoch)",
    "epoch",
  ),
  luaMutant("the birth moves", "if born == 0 then born = now", "born = now if false then"),
  luaMutant("a taken number isn't skipped", "for index = 1, #taken do", "for index = 1, 0 do"),
  luaMutant("a taken number isn't read along", "= generation.witnesses[#used + kindAt[name]]", "= false"),
  luaMutant("the wrong number is read along", "text(number + 1)", "text(number)"),
  luaMutant(
    "fields that were read along are taken for those that were asked for",
    "found[along and place or index]",
    "found[index]",
  ),
  luaMutant("an older generation that knows a higher number is ignored", "and elder <= number", ""),
  luaMutant("a type that begins after a failover is trusted", "trusted = trusted and highest[name] >= floor", ""),
  luaMutant("copies that disagree are trusted", "agree = agree and newer == number and", "agree = agree and"),
  luaMutant("a change of the server goes unnoticed", "if not guard or guard.server == server then", "if true then"),
  luaMutant("a type that nobody knows begins at 1", "guard and guard.floor or 0, skipAfter", "0, skipAfter"),
  luaMutant("the window before doesn't count", "2 * (guard.current + guard.previous)", "2 * guard.current"),
  luaMutant(
    "a forward entry is trusted wherever it leads",
    "and not differs(record, readRecord(ARGV[offset + entry]))",
    "",
  ),
  luaMutant("a lost reverse record isn't restored", "put(writes, field, own)\n", "\n"),
  luaMutant("a missing index isn't noted", "if not carried[index.name] then raiseLacks", "if false then raiseLacks"),
  luaMutant("an incomplete index is trusted", "#indexes[name].types == 0", "true"),
  luaMutant("an entry with nothing to replace gets a number", "elseif replace then", "elseif false then"),
  luaMutant(
    "a generation begins though nothing was replaced",
    "if replace and not hit then return",
    "if false then return",
  ),
  luaMutant("a replacement brings back a lost record", "or not stored and not replace or", "or not stored or"),
  luaMutant("a replaced entry keeps its old value", "if replace and record.value ~= own.value", "if false"),
  luaMutant("numbers end one too early", "if number > LIMIT then", "if number >= LIMIT then"),
  luaMutant("an entry brought twice gets two numbers", "if placeOf[original] then", "if false then"),
];

testMutants(
  assign,
  [
    ...mutants,
    ...storeMutantsExcept(
      "the time left is read 1 ms too long",
      "writing text keeps the TTL there was",
      "a text isn't written",
      "text goes to the first key",
      "an absent key reads as an empty one",
      "a field isn't deleted",
      "TTLs are whole seconds",
    ),
  ],
  assignCases,
  ownRedis(),
);
