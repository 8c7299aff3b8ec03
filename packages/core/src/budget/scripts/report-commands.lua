-- report-commands: adds commands to the count of the calendar month (UTC), including those of this script itself.
-- KEYS  count (string): month, count, then each instance's latest report, newest first: "2026-07 5120 ,a:7,b:3,"
-- ARGV  now in ms or "" | report, "instance:sequence" | its commands | a month the caller knows, or "" | a count of it
-- reply month, its count, ms until it ends
-- clock the server's
local now, own = tonumber(ARGV[1]), 3 -- the script, GET and SET
if not now then
  local time = redis.call("TIME")
  now, own = time[1] * 1000 + math.floor(time[2] / 1000), 4
end

local function daysIn(year, month)
  if month == 2 then return (year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)) and 29 or 28 end
  return (month == 4 or month == 6 or month == 9 or month == 11) and 30 or 31
end

local DAY_MS = 86400000
local year, month, day = 1970, 1, math.floor(now / DAY_MS)
while day >= daysIn(year, month) do
  day, month = day - daysIn(year, month), month + 1
  if month > 12 then year, month = year + 1, 1 end
end
local name = string.format("%d-%02d", year, month)
local left = (daysIn(year, month) - day) * DAY_MS - now % DAY_MS

local stored = redis.call("GET", KEYS[1]) or ""
local counted, total, reports = string.match(stored, "^(%d+-%d+) (%d+) (,.*)$")
local count = counted == name and #total < 16 and tonumber(total) or 0
reports = reports or ","
-- An instance may still know what the store has lost since.
if ARGV[4] == name then count = math.max(count, tonumber(ARGV[5])) end
-- A report whose answer was lost is sent again under the same name, perhaps after the month has turned, and counts once.
local instance, sequence = string.match(ARGV[2], "^(%w+):(%d+)$")
local latest = tonumber(string.match(reports, "," .. instance .. ":(%d+),") or 0)
if tonumber(sequence) > latest then count, latest = count + tonumber(ARGV[3]), sequence end
count = count + own
reports = "," .. instance .. ":" .. latest .. string.gsub(reports, "," .. instance .. ":%d+", "")

local written = string.format("%.0f", count)
redis.call("SET", KEYS[1], name .. " " .. written .. " " .. string.sub(reports, 1, 2048), "PX", left + DAY_MS)
return { name, written, string.format("%.0f", left) }
