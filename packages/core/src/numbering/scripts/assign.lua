-- assign: the number of each entry, a new one where it has none; both directions are written together.
-- KEYS  counters (hash) | generation a (hash) | generation b (hash)
-- ARGV  now in ms or "" | ttl in ms, 0 for ever | index names, "," between | "keep" or "replace" what is stored
--       then for each entry: type, an id for each index name, what it stands for
-- reply "ok", epoch, ms that the mappings surely live on ("" for ever), then numbers in order, "-" before a known one
--       or "indexes" | "corrupt", where | "exhausted", type: then nothing was written
-- clock the server's
local replace, head, stride = ARGV[4] == "replace", 4, width + 2
local count = (#ARGV - head) / stride
local fields = forwardFields(head, stride, count)

local epoch = whole(redis.call("HGET", KEYS[1], "!epoch"), "!epoch")
local indexes = readIndexes(newest.live and newest.index or "")
if problem then return problem end
if not carriesComplete(indexes, names) then return { "indexes" } end
local first, carried, added = #indexes == 0, {}, {}
for _, name in ipairs(names) do
  carried[name] = true
  if not indexes[name] then added[#added + 1] = addIndex(indexes, name) end
end

readKnown(fields, head, stride)
local reply, writes, fresh, freshIds, placeOf, again = { "ok" }, {}, {}, {}, {}, {}
for entry = 0, count - 1 do
  local at = head + entry * stride + 1
  local ids = idsOf(at)
  local number = settle(at, entry * width, fields, ids, replace, writes)
  if number then
    reply[entry + 4] = "-" .. number
  else
    local original = ARGV[at] .. ":" .. ids
    local place = placeOf[original]
    if place then
      again[entry] = place
    else
      place = #fresh + 1
      placeOf[original], fresh[place], freshIds[place] = place, at, ids
    end
  end
end

local all = opening or epoch == 0 or (#added > 0 and not first)
local numbers, types, highest, used, guard = {}, {}, {}, {}, nil
if problem then return problem end
if #fresh > 0 then
  numbers, types, highest, used, guard = takeNumbers(fresh, all)
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
for place, at in ipairs(fresh) do
  local entry = (at - head - 1) / stride
  for own = entry * width + 1, entry * width + width do put(writes, fields[own], numbers[place]) end
  put(writes, "r" .. ARGV[at] .. ":" .. numbers[place], freshIds[place] .. "|" .. ARGV[at + width + 1])
  reply[entry + 4] = numbers[place]
end
for entry, place in pairs(again) do reply[entry + 4] = "-" .. numbers[place] end

if epoch == 0 then epoch = now end
saveHighest(epoch, guard, types, highest)
local index = writeIndexes(indexes)
if opening then openGeneration(index, types, highest) else repeatHighest(types, highest, writes) end
if not opening and index ~= target.index then put(writes, "!index", index) end
sendAll("HSET", target.key, writes)
reply[2], reply[3] = text(epoch), remaining()
return reply
