-- The time by the server's clock, in milliseconds since 1970. A test may put a time of its own in ARGV[1].
local function readClock()
  local given = tonumber(ARGV[1])
  if given then return given end
  local time = redis.call("TIME")
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
