-- assign: finds the number of each entry, or gives it a new one, and writes both directions together.
--   With "replace" it gives no numbers: an entry without a mapping is left alone, so that what was erased stays erased.
-- KEYS  counters (hash) | generation a (hash) | generation b (hash)
-- ARGV  now in ms or "" | ttl in ms, 0 for ever | index names, "," between | "keep" what is stored or "replace" it,
--       with "!" at the end: write something even if nothing changes, unless there is nothing to replace
--       types of the entries, "," between | then for each entry its reverse record
-- reply "ok", epoch, birth, ms that the mappings are sure to live on ("" for ever), numbers in order, "," between
--       "-" precedes a known number, and "-0" means nothing to replace; if all are "-0", the ms are "0" and nothing was written
--       or "indexes" | "corrupt", where | "exhausted", type: then nothing was written
-- clock the server's
local replace, always = string.sub(ARGV[4], 1, 7) == "replace", string.sub(ARGV[4], -1) == "!"
local fields = forwardFields()
local storedEpoch, storedBorn, storedGuard = readWitnesses(fields)
local epoch, born, isLost = lifeOf(storedEpoch, storedBorn)
local indexes = readIndexes(newest.live and newest.index or "")
if problem then return problem end
if not carriesComplete(indexes, names) then return { "indexes" } end
local first, carried, added = #indexes == 0, {}, {}
for _, name in ipairs(names) do
  carried[name] = true
  if not indexes[name] then added[#added + 1] = addIndex(indexes, name) end
end

readKnown(fields)
local answers, writes, fresh, placeOf, again, hit = {}, {}, {}, {}, {}, false
for entry = 1, #kinds do
  local number = seen[entry] and settle(entry, fields, replace, writes)
  if number then
    answers[entry], hit = "-" .. number, true
  elseif replace then
    answers[entry] = "-0"
  else
    local first = (entry - 1) * width
    local original = width == 1 and fields[entry] or table.concat(fields, " ", first + 1, first + width)
    if placeOf[original] then
      again[entry] = placeOf[original]
    else
      fresh[#fresh + 1], placeOf[original] = entry, #fresh + 1
    end
  end
end

local all = opening or isLost or born == 0 or target.born ~= born or (#added > 0 and not first)
local numbers, reverse, types, highest, numbered, guard = {}, {}, {}, {}, {}, nil
if problem then return problem end
if replace and not hit then return { "ok", text(epoch), text(born), "0", table.concat(answers, ",") } end
if #fresh > 0 then
  numbers, reverse, types, highest, numbered, guard = takeNumbers(fresh, all, storedGuard)
elseif all then
  types, highest = highestOfAll()
end
if problem then return problem end

for _, index in ipairs(indexes) do
  if not carried[index.name] then raiseLacks(index, numbered, highest) end
end
if not first then
  for _, index in ipairs(added) do raiseLacks(index, types, highest) end
end
if epoch == 0 then epoch = now end
if born == 0 then born = now end
if #types > 0 then saveHighest(epoch, born, guard, types, highest) end
local index = writeIndexes(indexes)
if opening then
  openGeneration(epoch, born, index, types, highest, writes)
else
  repeatHighest(epoch, born, types, highest, writes)
  if index ~= target.index then put(writes, "!index", index) end
end
if always and #writes == 0 then redis.call("HSET", KEYS[1], "!epoch", text(epoch)) end
putNumbers(fresh, numbers, reverse, fields, writes, answers)
for entry, place in pairs(again) do answers[entry] = "-" .. numbers[place] end
writeTarget(writes)
return { "ok", text(epoch), text(born), remaining(), table.concat(answers, ",") }
