-- assign: the number of each entry, a new one where it has none; both directions are written together.
--   To "replace" makes no number: an entry without a mapping is left alone, so that what was erased stays erased.
-- KEYS  counters (hash) | generation a (hash) | generation b (hash)
-- ARGV  now in ms or "" | ttl in ms, 0 for ever | index names, "," between | "keep" what is stored or "replace" it,
--       with "!" behind it something is written in any case, unless nothing is there to be replaced
--       types of the entries, "," between | then for each entry its reverse record
-- reply "ok", epoch, birth, ms that the mappings surely live on ("" for ever), numbers in order, "," between,
--       "-" before a known one, "-0" for what isn't there to be replaced; if nothing is, the ms are "0" and nothing was written
--       or "indexes" | "corrupt", where | "exhausted", type: then nothing was written
-- clock the server's
local replace, always, fields = string.sub(ARGV[4], 1, 7) == "replace", string.sub(ARGV[4], -1) == "!", forwardFields()
local epoch, born = readLife()
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

local all = opening or epoch == 0 or born == 0 or target.born ~= born or (#added > 0 and not first)
local numbers, reverse, types, highest, used, guard = {}, {}, {}, {}, {}, nil
if problem then return problem end
if replace and not hit then return { "ok", text(epoch), text(born), "0", table.concat(answers, ",") } end
if #fresh > 0 then
  numbers, reverse, types, highest, used, guard = takeNumbers(fresh, all)
elseif all then
  types, highest = highestOfAll()
end
if problem then return problem end

for _, index in ipairs(indexes) do
  if not carried[index.name] then raiseLacks(index, used, highest) end
end
if not first then
  for _, index in ipairs(added) do raiseLacks(index, types, highest) end
end
local length = #writes
for place = 1, #fresh do
  local entry, digits = fresh[place], numbers[place]
  for own = (entry - 1) * width + 1, entry * width do
    writes[length + 1], writes[length + 2], length = fields[own], digits, length + 2
  end
  writes[length + 1], writes[length + 2], length = reverse[place], ARGV[offset + entry], length + 2
  answers[entry] = digits
end
for entry, place in pairs(again) do answers[entry] = "-" .. numbers[place] end

if epoch == 0 then epoch = now end
if born == 0 then born = now end
saveHighest(epoch, born, guard, types, highest)
local index = writeIndexes(indexes)
if opening then openGeneration(born, index, types, highest) else repeatHighest(born, types, highest, writes) end
if not opening and index ~= target.index then put(writes, "!index", index) end
if always and #writes == 0 then redis.call("HSET", KEYS[1], "!epoch", text(epoch)) end
sendAll("HSET", target.key, writes)
return { "ok", text(epoch), text(born), remaining(), table.concat(answers, ",") }
