-- log: a sliding log of bounded size: units used; units of the last pair, whose time is expires less the window; then the
-- pairs before it, "time,units;" with a single unit left out. See log.ts.
local PAIR = "(%d+),?(%d*);"
local FIRST = "^" .. PAIR .. "()"
local ARGUMENTS, cells = 3, nil

local function unitsOf(text)
  return text == "" and 1 or text + 0
end

-- Only what has expired is read. The last pair hasn't, or the window would be none.
local function settle(window)
  local rest, from = window.rest, 1
  while from < #rest do
    local time, units, after = match(rest, FIRST, from)
    if time + window.span > at then break end
    window.first, from = window.first - unitsOf(units), after
  end
  if from > 1 then window.rest = sub(rest, from) end
end

local function roomOf(window)
  return window.limit - window.first
end

local function waitFor(window, cost)
  local over = window.first + cost - window.limit
  if over <= 0 then return 0 end
  local rest, from = window.rest, 1
  while from < #rest do
    local time, units, after = match(rest, FIRST, from)
    over, from = over - unitsOf(units), after
    if over <= 0 then return time + window.span - at end
  end
  return window.expires - at
end

-- Whether it is in the cell of span / cells that now is in.
local function isOneCell(time, span)
  local scaled = (born + at) * cells
  return (born + time) * cells >= scaled - scaled % span
end

local function spend(window, cost)
  local span, before = window.span, window.second
  local time = window.expires - span
  if before == 0 then
    window.second = cost
  elseif time == at or (window.limit > 2 * cells and isOneCell(time, span)) then
    window.second = before + cost
  else
    window.rest = format(before == 1 and "%s%d;" or "%s%d,%d;", window.rest, time, before)
    window.second = cost
  end
  window.first, window.expires = window.first + cost, at + span
end
