-- assign: the number of each entry, a new one where it has none; both directions are written together.
-- KEYS  counters (hash) | generation a (hash) | generation b (hash)
-- ARGV  now in ms or "" | ttl in ms, 0 for ever | index names, "," between | "keep" or "replace" what is stored
--       JSON array, for each entry: type, its forward field for each index name, its reverse record
-- reply "ok", epoch, ms that the mappings surely live on ("" for ever), numbers in order, "," between, "-" before a known one
--       or "indexes" | "corrupt", where | "exhausted", type: then nothing was written
-- clock the server's
local replace, fields = ARGV[4] == "replace", forwardFields()
local epoch = whole(redis.call("HGET", KEYS[1], "!epoch"), "!epoch")
local indexes = readIndexes(newest.live and newest.index or "")
if problem then return problem end
if not carriesComplete(indexes, names) then return { "indexes" } end
local first, carried, added = #indexes == 0, {}, {}
for _, name in ipairs(names) do
  carried[name] = true
  if not indexes[name] then added[#added + 1] = addIndex(indexes, name) end
end

readKnown(fields)
local answers, writes, fresh, placeOf, again = {}, {}, {}, {}, {}
for entry = 0, #given / stride - 1 do
  local at, offset = 1 + entry * stride, entry * width
  local number = seen[at] and settle(at, offset, replace, writes)
  if number then
    answers[entry + 1] = "-" .. number
  else
    local original = width == 1 and given[at + 1] or table.concat(fields, " ", offset + 1, offset + width)
    if placeOf[original] then
      again[entry] = placeOf[original]
    else
      fresh[#fresh + 1], placeOf[original] = at, #fresh + 1
    end
  end
end

local all = opening or epoch == 0 or (#added > 0 and not first)
local numbers, reverse, types, highest, used, guard = {}, {}, {}, {}, {}, nil
if problem then return problem end
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
  local at, digits = fresh[place], numbers[place]
  for field = at + 1, at + width do
    writes[length + 1], writes[length + 2], length = given[field], digits, length + 2
  end
  writes[length + 1], writes[length + 2], length = reverse[place], given[at + width + 1], length + 2
  answers[(at - 1) / stride + 1] = digits
end
for entry, place in pairs(again) do answers[entry + 1] = "-" .. numbers[place] end

if epoch == 0 then epoch = now end
saveHighest(epoch, guard, types, highest)
local index = writeIndexes(indexes)
if opening then openGeneration(index, types, highest) else repeatHighest(types, highest, writes) end
if not opening and index ~= target.index then put(writes, "!index", index) end
sendAll("HSET", target.key, writes)
return { "ok", text(epoch), remaining(), table.concat(answers, ",") }
