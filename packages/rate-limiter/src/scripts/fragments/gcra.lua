-- gcra: a bucket that drains evenly: its level in units times window milliseconds, and when it was so full. See gcra.ts.
local ARGUMENTS, cells = 4, nil
local function fill(window, level)
  window.first, window.second, window.expires = level, at, at + math.ceil(level / window.limit)
end

local function settle(window)
  fill(window, max(0, window.first - (at - window.second) * window.limit))
end

local function roomOf(window)
  return floor((window.burst * window.span - window.first) / window.span)
end

local function waitFor(window, cost)
  return max(0, math.ceil((window.first - (window.burst - cost) * window.span) / window.limit))
end

local function spend(window, cost)
  fill(window, window.first + cost * window.span)
end

-- What has drained since may have been these units: only what can't have been is given back.
local function refund(window, cost, spentAt)
  local given = max(0, cost * window.span - (at - spentAt) * window.limit)
  fill(window, max(0, window.first - given))
end
