-- reset: forgets what a caller has taken, a block, and whatever else is stored under the key.
-- KEYS  state (string)
-- ARGV  now in ms or ""
-- reply 1
-- clock the server's
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("TIME")
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
-- A value of another type can't be read, and is deleted as well.
local raw = redis.pcall("GET", KEYS[1])
local born = type(raw) == "string" and tonumber(string.match(raw, "^1 (%d+) %d+ %d+ %d+\n"))
if born and born >= now then
  -- The next state would have the same birth, and accept the receipts of this one. So it is replaced by a state that was born later,
  -- with a window that nobody counts by, which keeps it until the clock has passed its birth.
  local ms = born + 1 - now
  redis.call("SET", KEYS[1], string.format("1 %d 0 0 0\nl0 %d 0 0 \n", born + 1, ms + 1), "PX", ms)
else
  redis.call("DEL", KEYS[1])
end
return 1
