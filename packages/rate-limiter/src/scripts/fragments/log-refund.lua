-- log-refund: to the first pair at or after the time at which it was taken.
local function refund(state, rule, cost, spentAt)
  local kept, given = {}, 0
  for time, units in string.gmatch(state.pairs, PAIR) do
    local pair = { time = tonumber(time), units = unitsOf(units) }
    if given == 0 and pair.time >= spentAt then
      given = math.min(pair.units, cost)
      pair.units = pair.units - given
    end
    if pair.units > 0 then kept[#kept + 1] = pair end
  end
  local expires = #kept == 0 and 0 or kept[#kept].time + rule.window
  put(rule.name, expires, state.used - given .. " " .. #kept .. " " .. list(kept))
end
