-- log: a sliding log of bounded size: "used count time,units;time,units;", a single unit left out. See log.ts.
local LETTER = "l"
local PAIR = "(%d+),?(%d*);"

local function unitsOf(text)
  return text == "" and 1 or tonumber(text)
end

-- Only what has expired is read; the rest stays text.
local function open(window, rule)
  if not window then return { used = 0, count = 0, pairs = "", expires = 0 } end
  local rest = window.rest
  local used, count, from = string.match(rest, "^(%d+) (%d+) ()")
  used, count = tonumber(used), tonumber(count)
  while count > 0 do
    local time, units, after = string.match(rest, "^" .. PAIR .. "()", from)
    if time + rule.window > at then break end
    used, count, from = used - unitsOf(units), count - 1, after
  end
  return { used = used, count = count, pairs = string.sub(rest, from), expires = window.expires }
end

local function remaining(state, rule)
  return math.max(0, rule.limit - state.used)
end

local function waitFor(state, rule, cost)
  local over = state.used + cost - rule.limit
  if over <= 0 then return 0 end
  for time, units in string.gmatch(state.pairs, PAIR) do
    over = over - unitsOf(units)
    if over <= 0 then return time + rule.window - at end
  end
end

local function list(pairs)
  local text = {}
  for index, pair in ipairs(pairs) do
    text[index] = pair.time .. (pair.units == 1 and "" or "," .. pair.units) .. ";"
  end
  return table.concat(text)
end

-- One pair for each cell of window / cells, at the latest time in it.
local function merge(state, rule)
  local merged, lastCell = {}, nil
  for time, units in string.gmatch(state.pairs, PAIR) do
    local cell = math.floor((born + time) * rule.cells / rule.window)
    if cell == lastCell then
      local pair = merged[#merged]
      pair.time, pair.units = time, pair.units + unitsOf(units)
    else
      merged[#merged + 1] = { time = time, units = unitsOf(units) }
    end
    lastCell = cell
  end
  state.count, state.pairs = #merged, list(merged)
end

local function spend(state, rule, cost)
  if state.count >= 2 * rule.cells then merge(state, rule) end
  state.used, state.count = state.used + cost, state.count + 1
  state.pairs = state.pairs .. at .. (cost == 1 and "" or "," .. cost) .. ";"
  state.expires = at + rule.window
  put(rule.name, state.expires, state.used .. " " .. state.count .. " " .. state.pairs)
end
