-- Returns what its arguments ask for, in the shape that they ask for.
-- KEYS  1 unused
-- ARGV  1 store time   2 which shape   3... the content
-- Reply see below
-- Clock the caller's, if it is given.
local kind = ARGV[2]
if kind == "time" then return ARGV[1] end
if kind == "text" then return ARGV[3] end
if kind == "integer" then return 42 end
if kind == "null" then return false end
if kind == "list" then return { 1, "two", false, "" } end
if kind == "error" then return redis.error_reply("REFUSED " .. ARGV[3]) end
local rest = {}
for index = 3, #ARGV do rest[#rest + 1] = ARGV[index] end
return rest
