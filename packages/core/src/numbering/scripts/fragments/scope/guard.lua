-- The failover guard. Replication is asynchronous: a promoted replica, or a server that has come back from its file, may
-- lack the latest numbers. `!guard` is window:current:previous:server:floor: how many numbers were handed out in the latest
-- two-second window and in the one before it, which server handed them out, and the most that was ever left out: a type that
-- nobody knows of may have been lost whole, and begins above it.
local function readGuard(stored)
  if not stored then return nil end
  local window, current, previous, server, floor = string.match(stored, "^(%d+):(%d+):(%d+):(%w*):(%d+)$")
  if not window then return report("corrupt", "!guard") end
  return {
    window = whole(window, "!guard"),
    current = whole(current, "!guard"),
    previous = whole(previous, "!guard"),
    server = server,
    floor = whole(floor, "!guard"),
  }
end

-- How many numbers to leave out before the next one: twice what two seconds may have lost, 0 on the same server.
local function skipAfter(guard, server)
  if not guard or guard.server == server then return 0 end
  return math.min(math.max(LEAST_SKIP, 2 * (guard.current + guard.previous)), LIMIT)
end

local function floorAfter(guard, server)
  return math.max(guard and guard.floor or 0, skipAfter(guard, server))
end

-- The guard's text after `count` more numbers. While the clock stands behind the window, they count into the window.
local function nextGuard(guard, server, count)
  local window, current, previous = math.floor(now / WINDOW_MS), count, 0
  if guard and window <= guard.window then
    window, current, previous = guard.window, guard.current + count, guard.previous
  elseif guard and window == guard.window + 1 then
    previous = guard.current
  end
  return text(window) .. ":" .. text(math.min(current, LIMIT)) .. ":" .. text(previous) .. ":" .. server .. ":" .. text(floorAfter(guard, server))
end
