-- check: takes cost units in every window at once, or none in any.
-- KEYS  state (string)
-- ARGV  now in ms or "" | cost | "spend" or "ask" | cells | of each window: name, limit, window in ms; for gcra burst too
-- reply numbers as one text, half the work of a list: 1 it fits, 0 refused, 2 blocked; now, born, at (from born); ms to wait,
--       -1 for ever; of each window: remaining, ms until there is more, ms until it is empty;
--       or { 3 }: the state can't be read, and nothing was written
-- clock the server's, held where it steps back
local cost, isBlocked = ARGV[2] + 0, blocked + 0 > at
local wait = isBlocked and blocked - at or 0
cells = ARGV[4] + 0
for index = 5, #ARGV, ARGUMENTS do
  local window = open(ARGV[index], ARGV[index + 1], ARGV[index + 2])
  local most = window.limit
  if ARGUMENTS == 4 then
    most = ARGV[index + 3] + 0
    window.burst = most
  end
  settle(window)
  if cost > most then
    wait = -1
  elseif wait >= 0 then
    local needed = waitFor(window, cost)
    if needed > wait then wait = needed end
  end
end
if not readOthers() then return { 3 } end

local isTaken = wait == 0 and cost > 0 and ARGV[3] == "spend"
if isTaken then
  for index = 1, #windows do spend(windows[index], cost) end
end
-- Were it only held, who is refused would wait until the clock is where it was.
if isTaken or hasSteppedBack then save() end

local reply = format("%d %d %s %d %d", wait == 0 and 1 or isBlocked and 2 or 0, now, born, at, wait)
for index = 1, #windows do
  local window = windows[index]
  local room, emptyIn, nextIn = roomOf(window), window.expires - at, 0
  if room < 0 then room = 0 end
  if emptyIn > 0 then nextIn = waitFor(window, room + 1) else emptyIn = 0 end
  reply = format("%s %d %d %d", reply, room, nextIn, emptyIn)
end
return reply
