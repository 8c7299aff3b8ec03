-- log-refund: to the first pair at or after the time at which it was taken.
local function refund(window, cost, spentAt)
  local kept, given = {}, 0
  for time, units in string.gmatch(pairsOf(window), PAIR) do
    local pair = { time = time + 0, units = unitsOf(units) }
    if given == 0 and pair.time >= spentAt then
      given = math.min(pair.units, cost)
      pair.units = pair.units - given
    end
    if pair.units > 0 then kept[#kept + 1] = pair end
  end
  window.first, window.expires = window.first - given, #kept == 0 and 0 or kept[#kept].time + window.length
  list(window, kept)
end
