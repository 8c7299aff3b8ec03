-- state: all that is known of one caller, as text under KEYS[1]; see key-state.ts for its form.
-- Here every time counts from born, on a clock that never steps back: shift is what the server's has lost.
local match, find, sub, format, floor, max = string.match, string.find, string.sub, string.format, math.floor, math.max
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("TIME")
  now = time[1] * 1000 + floor(time[2] / 1000)
end
local raw = redis.call("GET", KEYS[1])
local born, shift, last, blocked, length = now, 0, 0, 0, 0
if raw then
  born, shift, last, blocked, length = match(raw, "^1 (%d+) (%d+) (%d+) (%d+)()\n")
  if not born then return { 3 } end
end
local at = now + shift - born
local hasSteppedBack = at < last + 0
if hasSteppedBack then
  shift = shift + last - at
  at = last + 0
end

-- The windows that this call names, as far as they still count, and the text of all others, which stay as they are.
local windows, others, othersUntil = {}, "", 0

local function open(name, limit, span)
  local window = { name = name, limit = limit + 0, span = span + 0, expires = 0, first = 0, second = 0, rest = "" }
  windows[#windows + 1] = window
  local from = raw and find(raw, "\n" .. name .. " ", 1, true)
  if not from then return window end
  local expires, first, second, start = match(raw, "^(%d+) (%d+) (%d+) ()", from + #name + 2)
  local stop = expires and find(raw, "\n", start, true)
  if not stop then return window end
  length = length + stop - from
  if expires + 0 > at then
    window.expires, window.first, window.second = expires + 0, first + 0, second + 0
    window.rest = sub(raw, start, stop - 1)
  end
  return window
end

-- Whether the whole text is understood. There is more than the call's own windows only where policies change.
local function readOthers()
  if not raw or length == #raw then return true end
  local named, whole = {}, #match(raw, "^[^\n]*\n")
  for _, window in ipairs(windows) do named[window.name] = true end
  for name, expires, rest in string.gmatch(raw, "([lgf]%d+) (%d+) (%d+ %d+ [^\n]*)\n") do
    whole = whole + #name + #expires + #rest + 3
    if not named[name] and expires + 0 > at then
      others = others .. name .. " " .. expires .. " " .. rest .. "\n"
      othersUntil = max(othersUntil, expires + 0)
    end
  end
  return whole == #raw
end

-- Also while nothing is taken the key lives only as long as something in it counts.
local function save()
  local text, longest = format("1 %s %s %d %s\n", born, shift, at, blocked), max(blocked + 0, othersUntil)
  for index = 1, #windows do
    local window = windows[index]
    local expires = window.expires
    if expires > at then
      text = format("%s%s %d %d %d %s\n", text, window.name, expires, window.first, window.second, window.rest)
      if expires > longest then longest = expires end
    end
  end
  if longest > at then
    redis.call("SET", KEYS[1], text .. others, "PX", longest - at)
  else
    redis.call("DEL", KEYS[1])
  end
end
