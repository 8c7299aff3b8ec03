-- Milliseconds since the epoch by the server's clock, or ARGV[1] where a test stands in for it.
local function readClock()
  local given = tonumber(ARGV[1])
  if given then return given end
  local time = redis.call("TIME")
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
