-- check: takes cost units in every window at once, or none in any.
-- KEYS  state (string)
-- ARGV  now in ms or "" | cost | "spend" or "ask" | cells | of each window: name, limit, window in ms, burst
-- reply 1 it fits, 0 refused, 2 blocked; now, born, at (from born); ms to wait, -1 for ever; of each window: remaining, ms until it is empty
--       or 3 alone: the state can't be read, and nothing was written
-- clock the server's, held where it steps back
local cost, cells = ARGV[2] + 0, ARGV[4] + 0
local isBlocked = blocked + 0 > at
local rules, wait = {}, isBlocked and blocked - at or 0
for index = 5, #ARGV, 4 do
  local rule = ruleAt(index, cells)
  rules[#rules + 1] = rule
  if cost > rule.burst then
    wait = -1
  elseif wait >= 0 then
    wait = max(wait, waitFor(rule, cost))
  end
end

if wait == 0 and cost > 0 and ARGV[3] == "spend" then
  for index = 1, #rules do spend(rules[index], cost) end
  save()
end

local reply = { wait == 0 and 1 or isBlocked and 2 or 0, now, born + 0, at, wait }
for index = 1, #rules do
  local rule = rules[index]
  reply[4 + 2 * index] = remaining(rule)
  reply[5 + 2 * index] = max(0, rule.expires - at)
end
return reply
