-- read-highest: reads the highest number of every type that was ever numbered in the scope. Writes nothing.
-- KEYS  counters (hash) | generation a (hash) | generation b (hash)
-- ARGV  now in ms or "" | ttl in ms, 0 for ever
-- reply "ok", then type, number, in the order of the types | or "corrupt", where
-- clock the server's
readGenerations({}, {})
if problem then return problem end
local types, highest = highestOfAll()
if problem then return problem end
local reply = { "ok" }
for _, name in ipairs(types) do put(reply, name, text(highest[name])) end
return reply
