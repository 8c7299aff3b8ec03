-- Adds to a number.
-- KEYS  1 the number
-- ARGV  1 store time, unused   2 how much to add
-- Reply the new number
-- Clock none.
local number = tonumber(redis.call("GET", KEYS[1]) or "0") + tonumber(ARGV[2])
redis.call("SET", KEYS[1], string.format("%.0f", number))
return number
