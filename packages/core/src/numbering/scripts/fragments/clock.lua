-- now: milliseconds since the epoch by the server's clock, or ARGV[1] where a test stands in for it.
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("TIME")
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
