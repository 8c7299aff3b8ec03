-- check: takes cost units in every window at once, or none in any.
-- KEYS  state (string)
-- ARGV  now in ms or "" | cost | "spend" or "ask" | cells | of each window: limit, window in ms, burst
-- reply 1 it fits, 0 refused, 2 blocked; now, born, at (from born); ms to wait, -1 for ever; of each window: remaining, ms until it is empty
--       or 3 alone: the state can't be read, and nothing was written
-- clock the server's, held where it steps back
local cost = tonumber(ARGV[2])
local rules, wait = {}, math.max(0, blocked - at)
for index = 5, #ARGV, 3 do
  local rule = ruleAt(index, ARGV[4])
  rule.state = open(windows[rule.name], rule)
  if cost > rule.burst then
    wait = -1
  elseif wait >= 0 then
    wait = math.max(wait, waitFor(rule.state, rule, cost))
  end
  rules[#rules + 1] = rule
end

local taken = wait == 0 and cost > 0 and ARGV[3] == "spend"
if taken then
  for _, rule in ipairs(rules) do spend(rule.state, rule, cost) end
  save()
end

local reply = { wait == 0 and 1 or blocked > at and 2 or 0, now, born, at, wait }
for _, rule in ipairs(rules) do
  reply[#reply + 1] = remaining(rule.state, rule)
  reply[#reply + 1] = math.max(0, rule.state.expires - at)
end
return reply
