-- take-block: the next numbers of a counter, in one block.
-- KEYS  counter (hash)
-- ARGV  now in ms or "" | how many
-- reply "ok", first, last | or "corrupt", field | "exhausted", field: then nothing was written
-- clock the server's
local count = tonumber(ARGV[2])
local stored = redis.call("HMGET", KEYS[1], "highest", "!guard")
local highest, guard = whole(stored[1], "highest"), readGuard(stored[2])
if problem then return problem end
local server = readServer()
local before = highest + skipAfter(guard, server)
if before > LIMIT - count then return { "exhausted", "highest" } end
local last = text(before + count)
redis.call("HSET", KEYS[1], "highest", last, "!guard", nextGuard(guard, server, count))
return { "ok", text(before + 1), last }
