-- forget: removes mappings, both directions in both generations, and raises the epoch. The counters stay.
-- KEYS  counters (hash) | generation a (hash) | generation b (hash)
-- ARGV  now in ms or "" | ttl in ms, 0 for ever | index names, "," between; "" unless entries follow
--       "all" | "references", the reverse fields, "r<TYPE>:<number>", "," between
--       "entries", their types, "," between, then for each its reverse record without a value
-- reply "ok", epoch, how many mappings were removed ("" for all) | or "indexes" | "corrupt", where: then nothing was written
-- clock the server's
local how = ARGV[4]
local leads = how == "entries" and forwardFields() or {}
local stored = redis.call("HMGET", KEYS[1], "!epoch", "!born")
readGenerations({}, leads)
local epoch, born, isLost = lifeOf(unpack(stored))
if epoch == LIMIT then report("corrupt", "!epoch") end -- nothing that was ever a time of day
local indexes = readIndexes(newest.live and newest.index or "")
if problem then return problem end
if how == "entries" and not carriesComplete(indexes, names) then return { "indexes" } end
if epoch == 0 and not newest.live then return { "ok", "0", how == "all" and "" or "0" } end
local types, highest = {}, {}
if isLost or how == "all" then types, highest = highestOfAll() end
if problem then return problem end
epoch = math.max(epoch + 1, now)
saveHighest(epoch, born, nil, types, highest)

if how == "all" then
  newest.live, due, opening, target = false, false, true, { key = KEYS[2] }
  local writes = {}
  openGeneration(epoch, born, "", types, highest, writes)
  writeTarget(writes)
  return { "ok", text(epoch), "" }
end

local live, marks, marked = {}, {}, {}
if newest.live then live[1] = newest end
if older.live then live[#live + 1] = older end
local function mark(field, own)
  if marked[field] then return end
  marked[field] = true
  local name, number = string.match(field, "^r([^:]+):(%d+)$")
  marks[#marks + 1] = { field = field, name = name, number = number, own = own, found = own ~= nil }
end
if how == "entries" then
  for _, generation in ipairs(live) do
    local numbers = generation.along or readFields(generation.key, leads)
    for place = 1, #leads do
      local entry, number = entryAt(place), numbers[place]
      if number and isNumber(number) then
        mark("r" .. kinds[entry] .. ":" .. number, readRecord(ARGV[offset + entry]))
      end
    end
  end
else
  for _, field in ipairs(kinds) do mark(field) end
end
if newest.live and newest.born > 0 then redis.call("HSET", newest.key, "!life", text(epoch) .. ":" .. text(born)) end
removeMarked(live, leads, marks)
local forgotten = 0
for _, gone in ipairs(marks) do
  if gone.found then forgotten = forgotten + 1 end
end
return { "ok", text(epoch), text(forgotten) }
