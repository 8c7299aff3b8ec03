-- state: all that is known of one caller, as text under KEYS[1]; see key-state.ts for its form.
-- Here every time counts from born, on a clock that never steps back: shift is what the server's has lost.
local match, sub, max = string.match, string.sub, math.max
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("TIME")
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local raw = redis.call("GET", KEYS[1])
local born, shift, last, blocked, from = now, 0, 0, 0, 1
if raw then
  born, shift, last, blocked, from = match(raw, "^1 (%d+) (%d+) (%d+) (%d+)\n()")
  if not born then return { 3 } end
end
local at = now + shift - born
if at < last + 0 then
  shift = shift + last - at
  at = last + 0
end

-- The rest of a window stays where it is in raw until it is needed: cutting and matching long text is most of the work.
local windows, known = {}, {}
while raw and from <= #raw do
  local name, expires, first, second, start = match(raw, "^([lgf]%d+) (%d+) (%d+) (%d+) ()", from)
  local stop = name and string.find(raw, "\n", start, true)
  if not stop then return { 3 } end
  from, expires = stop + 1, expires + 0
  if expires > at then
    local window = { name = name, expires = expires, first = first + 0, second = second + 0, start = start, stop = stop - 1 }
    windows[#windows + 1], known[name] = window, window
  end
end

-- Also while nothing is taken the key lives only as long as something in it counts.
local function save()
  local text, longest = "1 " .. born .. " " .. shift .. " " .. at .. " " .. blocked .. "\n", blocked + 0
  for index = 1, #windows do
    local window = windows[index]
    local expires = window.expires
    if expires > at then
      local rest = window.rest or sub(raw, window.start, window.stop)
      text = text .. window.name .. " " .. expires .. " " .. window.first .. " " .. window.second .. " " .. rest .. "\n"
      longest = max(longest, expires)
    end
  end
  if longest > at then
    redis.call("SET", KEYS[1], text, "PX", longest - at)
  else
    redis.call("DEL", KEYS[1])
  end
end
