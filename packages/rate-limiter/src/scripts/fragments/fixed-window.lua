-- fixed-window: what was taken between two multiples of the window since the epoch, and the later one. See fixed-window.ts.
local ARGUMENTS, cells = 3, nil
local function count(window, used)
  window.first, window.expires = used, used == 0 and 0 or window.second
end

local function settle(window)
  if window.second > at then return end
  window.first, window.second = 0, (floor((born + at) / window.span) + 1) * window.span - born
end

local function roomOf(window)
  return window.limit - window.first
end

local function waitFor(window, cost)
  return window.first + cost > window.limit and window.second - at or 0
end

local function spend(window, cost)
  count(window, window.first + cost)
end

local function refund(window, cost, spentAt)
  if spentAt >= window.second - window.span then count(window, max(0, window.first - cost)) end
end
