-- Moves one unit from one number to another.
-- KEYS  1 from   2 to
-- ARGV  1 store time, unused
-- Reply {the number of `from`, the number of `to`}, both after the move
-- Clock none.
local from = tonumber(redis.call("GET", KEYS[1]) or "0") - 1
local to = tonumber(redis.call("GET", KEYS[2]) or "0") + 1
redis.call("SET", KEYS[1], tostring(from))
redis.call("SET", KEYS[2], tostring(to))
return { from, to }
