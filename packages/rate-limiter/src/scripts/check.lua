-- check: takes cost units in every window at once, or in none.
-- KEYS  state (string)
-- ARGV  now in ms or "" | cost | "spend" or "ask" | cells | of each window: name, limit, window in ms; for gcra burst too
-- reply numbers as JSON, which is half the work of a list: 1 it fits, 0 refused, 2 blocked; now, born, at (from born); ms to wait,
--       -1 for ever; for each window: remaining, ms until there is more, ms until it is empty;
--       or { 3 }: the state can't be read, and nothing was written
-- clock the server's, held where it steps back
local FIRST, cost, cells = 5, ARGV[2] + 0, ARGV[4] + 0
local isBlocked = blocked + 0 > at
local wait, told
-- The loop runs as if the cost fitted. If it doesn't, it runs once more, to tell what is left.
local isTaking = ARGV[3] == "spend" and cost > 0 and not isBlocked
repeat
  wait, told, text, understood, longest = isBlocked and blocked - at or 0, "", "", body, 0
  for index = FIRST, #ARGV, WIDTH do
    {{open}}
    {{most}}
    {{settle}}
    if cost > most then
      wait = -1
    elseif wait >= 0 then
      local wanted, needed = cost, 0
      {{wait}}
      if needed > wait then wait = needed end
    end
    if isTaking then
      if wait ~= 0 then break end
      {{spend}}
    end
    if isTaking or hasSteppedBack then
      {{keep}}
    end
    {{room}}
    local emptyIn, needed = max(0, expires - at), 0
    if emptyIn > 0 then
      local wanted = room + 1
      {{wait}}
    end
    told = format("%s,%d,%d,%d", told, room, needed, emptyIn)
  end
  local isSettled = wait == 0 or not isTaking
  isTaking = isTaking and isSettled
until isSettled
{{others}}
-- Unless the step back is stored, a refused caller would have to wait until the clock has caught up.
if isTaking or hasSteppedBack then
  {{write}}
end
return format("[%d,%d,%s,%d,%d%s]", wait == 0 and 1 or isBlocked and 2 or 0, now, born, at, wait, told)
