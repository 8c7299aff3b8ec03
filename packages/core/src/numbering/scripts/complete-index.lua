-- complete-index: notes that an index name finds every live mapping, if the numbers walked cover all that it may miss.
-- KEYS  counters (hash) | generation a (hash) | generation b (hash)
-- ARGV  now in ms or "" | ttl in ms, 0 for ever | index name | then the highest numbers walked: type, number
-- reply "ok", "1" complete or "0" not yet | or "corrupt", where: then nothing was written
-- clock the server's
local name, walked = ARGV[3], {}
for at = 4, #ARGV, 2 do walked[ARGV[at]] = tonumber(ARGV[at + 1]) end
readGenerations({}, {})
if problem then return problem end
-- Without any mapping there is nothing to miss. The first call that brings one decides on the names.
if not newest.live or newest.index == "" then return { "ok", "1" } end

local indexes = readIndexes(newest.index)
local index = indexes[name]
if not index then
  index = addIndex(indexes, name)
  raiseLacks(index, highestOfAll())
end
if problem then return problem end
for _, kind in ipairs(index.types) do
  if index.numbers[kind] > (walked[kind] or 0) then return { "ok", "0" } end
end
index.types = {}
redis.call("HSET", newest.key, "!index", writeIndexes(indexes))
return { "ok", "1" }
