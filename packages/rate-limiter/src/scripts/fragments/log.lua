-- log: a sliding log of bounded size: units used, how many pairs, then the pairs "time,units;", a single unit left out.
-- See log.ts.
local PAIR = "(%d+),?(%d*);"

local function unitsOf(text)
  return text == "" and 1 or text + 0
end

local function pairsOf(window)
  return window.rest or sub(raw, window.start, window.stop)
end

-- Only what has expired is read.
local function settle(window)
  while window.second > 0 do
    local time, units, after = match(raw, "^" .. PAIR .. "()", window.start)
    if time + window.length > at then return end
    window.first, window.second, window.start = window.first - unitsOf(units), window.second - 1, after
  end
end

local function remaining(window)
  return max(0, window.limit - window.first)
end

local function waitFor(window, cost)
  local over = window.first + cost - window.limit
  if over <= 0 then return 0 end
  for time, units in string.gmatch(pairsOf(window), PAIR) do
    over = over - unitsOf(units)
    if over <= 0 then return time + window.length - at end
  end
end

local function list(window, pairs)
  local text = {}
  for index, pair in ipairs(pairs) do
    text[index] = pair.time .. (pair.units == 1 and "" or "," .. pair.units) .. ";"
  end
  window.second, window.rest = #pairs, table.concat(text)
end

-- One pair for each cell of length / cells, at the latest time in it.
local function merge(window)
  local merged, lastCell = {}, nil
  for time, units in string.gmatch(pairsOf(window), PAIR) do
    local cell = math.floor((born + time) * window.cells / window.length)
    if cell == lastCell then
      local pair = merged[#merged]
      pair.time, pair.units = time, pair.units + unitsOf(units)
    else
      merged[#merged + 1] = { time = time, units = unitsOf(units) }
    end
    lastCell = cell
  end
  list(window, merged)
end

local function spend(window, cost)
  if window.second >= 2 * window.cells then merge(window) end
  window.rest = pairsOf(window) .. at .. (cost == 1 and ";" or "," .. cost .. ";")
  window.first, window.second, window.expires = window.first + cost, window.second + 1, at + window.length
end
