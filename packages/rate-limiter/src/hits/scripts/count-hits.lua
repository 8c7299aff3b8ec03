-- count-hits: counts a key's hits, from its first until a window later.
-- KEYS  hits (string): "count end"
-- ARGV  now in ms or "" | window in ms | 1 to count one, -1 to take one back, 0 to ask
-- reply hits, ms until they are forgotten; 0, 0 if nothing was counted; -1 alone: the value can't be read, and nothing was written
-- clock the server's; if it steps back, or the window was made shorter, hits are kept for a window from now
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("TIME")
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local window, by = tonumber(ARGV[2]), tonumber(ARGV[3])

local count, ends = 0, 0
local raw = redis.call("GET", KEYS[1])
if raw then
  local counted, ending = string.match(raw, "^(%d+) (%d+)$")
  if not counted then return { -1 } end
  if tonumber(ending) > now then
    count, ends = tonumber(counted), math.min(tonumber(ending), now + window)
  end
end
if ends == 0 and by < 1 then return { 0, 0 } end
if ends == 0 then ends = now + window end

if by ~= 0 then
  count = math.max(0, count + by)
  redis.call("SET", KEYS[1], string.format("%.0f %.0f", count, ends), "PX", ends - now)
end
return { count, ends - now }
