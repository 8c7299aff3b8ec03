-- state: all that is stored about one caller, as text under KEYS[1]; see key-state.ts for its form.
-- All times count from born, on a clock that never steps back: shift is how far the server's has stepped back in all.
-- A section that {{name}} begins replaces {{name}} in a script, since making and calling functions took a third of a check's
-- time. It may use cost, at, born, cells and the window that is open.
local match, find, sub, format, floor, max = string.match, string.find, string.sub, string.format, math.floor, math.max
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("TIME")
  now = time[1] * 1000 + floor(time[2] / 1000)
end
local raw = redis.call("GET", KEYS[1])
local born, shift, last, blocked, body = now, 0, 0, 0, 0
if raw then
  born, shift, last, blocked, body = match(raw, "^1 (%d+) (%d+) (%d+) (%d+)()\n")
  if not born then return { 3 } end
end
local at = now + shift - born
local hasSteppedBack = at < last + 0
if hasSteppedBack then
  shift = shift + last - at
  at = last + 0
end
-- How much of the text has been understood, what will be written instead, and until when any of it counts.
local understood, text, longest = body, "", 0

{{open}}
local name, limit, span = ARGV[index], ARGV[index + 1] + 0, ARGV[index + 2] + 0
local expires, first, second, rest = 0, 0, 0, ""
local from = raw and find(raw, "\n" .. name .. " ", body, true)
if from then
  local ends, one, two, start = match(raw, "^(%d+) (%d+) (%d+) ()", from + #name + 2)
  local stop = ends and find(raw, "\n", start, true)
  if stop then
    understood = understood + stop - from
    if ends + 0 > at then
      expires, first, second, rest = ends + 0, one + 0, two + 0, sub(raw, start, stop - 1)
    end
  end
end

{{keep}}
if expires > at then
  text = format("%s%s %d %d %d %s\n", text, name, expires, first, second, rest)
  if expires > longest then longest = expires end
end

{{others}}
-- There are other windows than the call's own only if policies have changed. They stay as they are while they count.
if raw and understood ~= #raw then
  local whole, isOwn = #match(raw, "^[^\n]*\n"), {}
  for index = FIRST, #ARGV, WIDTH do isOwn[ARGV[index]] = true end
  for name, expires, rest in string.gmatch(raw, "([lgf]%d+) (%d+) (%d+ %d+ [^\n]*)\n") do
    whole = whole + #name + #expires + #rest + 3
    if not isOwn[name] and expires + 0 > at then
      text = text .. name .. " " .. expires .. " " .. rest .. "\n"
      longest = max(longest, expires + 0)
    end
  end
  if whole ~= #raw then return { 3 } end
end

{{write}}
-- The key lives only as long as anything in it counts.
longest = max(longest, blocked + 0)
if longest > at then
  redis.call("SET", KEYS[1], format("1 %s %s %d %s\n%s", born, shift, at, blocked, text), "PX", format("%d", longest - at))
else
  redis.call("DEL", KEYS[1])
end
