-- log-refund: to the first pair at or after the time at which it was taken, as long as it counts.
local function refund(window, cost, spentAt)
  if spentAt + window.span <= at then return end
  local text, given, last = "", 0, nil
  local function keep(time, units)
    if given == 0 and time >= spentAt then
      given = math.min(units, cost)
      units = units - given
    end
    if units == 0 then return end
    if last then text = format(last.units == 1 and "%s%d;" or "%s%d,%d;", text, last.time, last.units) end
    last = { time = time, units = units }
  end
  for time, units in string.gmatch(window.rest, PAIR) do keep(time + 0, unitsOf(units)) end
  keep(window.expires - window.span, window.second)
  window.first, window.second, window.rest = window.first - given, last and last.units or 0, text
  window.expires = last and last.time + window.span or 0
end
