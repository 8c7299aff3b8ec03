-- gcra: a bucket that drains evenly: "level time", the level in units times window milliseconds. See gcra.ts.
local LETTER = "g"

local function open(window, rule)
  if not window then return { level = 0, expires = 0 } end
  local text, time = string.match(window.rest, "^(%d+) (%d+)$")
  local level = math.max(0, text - (at - time) * rule.limit)
  return { level = level, expires = at + math.ceil(level / rule.limit) }
end

local function remaining(state, rule)
  return math.max(0, math.floor((rule.burst * rule.window - state.level) / rule.window))
end

local function waitFor(state, rule, cost)
  return math.max(0, math.ceil((state.level - (rule.burst - cost) * rule.window) / rule.limit))
end

local function fill(state, rule, level)
  state.level, state.expires = level, at + math.ceil(level / rule.limit)
  put(rule.name, state.expires, string.format("%.0f", level) .. " " .. at)
end

local function spend(state, rule, cost)
  fill(state, rule, state.level + cost * rule.window)
end

-- What has drained since may have been these units: only what can't have been is given back.
local function refund(state, rule, cost, spentAt)
  local given = math.max(0, cost * rule.window - (at - spentAt) * rule.limit)
  fill(state, rule, math.max(0, state.level - given))
end
