-- fixed-window: what was taken between two multiples of the window since the epoch: "used end". See fixed-window.ts.
local LETTER = "f"

local function open(window, rule)
  if window then
    local used, ends = string.match(window.rest, "^(%d+) (%d+)$")
    return { used = tonumber(used), ends = tonumber(ends), expires = window.expires }
  end
  return { used = 0, ends = (math.floor((born + at) / rule.window) + 1) * rule.window - born, expires = 0 }
end

local function remaining(state, rule)
  return math.max(0, rule.limit - state.used)
end

local function waitFor(state, rule, cost)
  return state.used + cost > rule.limit and state.ends - at or 0
end

local function count(state, rule, used)
  state.used, state.expires = used, used == 0 and 0 or state.ends
  put(rule.name, state.expires, used .. " " .. state.ends)
end

local function spend(state, rule, cost)
  count(state, rule, state.used + cost)
end

local function refund(state, rule, cost, spentAt)
  if spentAt >= state.ends - rule.window then count(state, rule, math.max(0, state.used - cost)) end
end
