-- The failover guard. Replication is asynchronous, so a promoted replica, or a server that has restarted from its file, may
-- lack the latest numbers. `!guard` is window:current:previous:server:floor. It says how many numbers were given out in the
-- latest two-second window and in the one before it, and by which server. The floor is the most that was ever left out: a
-- type that nobody knows may have been lost entirely, so it begins above the floor.
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

-- How many numbers to leave out now: 0 on the same server, otherwise twice what two windows may have lost.
local function skipAfter(guard, server)
  if not guard or guard.server == server then return 0 end
  return math.min(math.max(LEAST_SKIP, 2 * (guard.current + guard.previous)), LIMIT)
end

local function floorAfter(guard, server)
  return math.max(guard and guard.floor or 0, skipAfter(guard, server))
end

-- The guard's text after `count` more numbers. If the clock is behind the guard's window, they count in that window.
local function nextGuard(guard, server, count)
  local window, current, previous = math.floor(now / WINDOW_MS), count, 0
  if guard and window <= guard.window then
    window, current, previous = guard.window, guard.current + count, guard.previous
  elseif guard and window == guard.window + 1 then
    previous = guard.current
  end
  return text(window) .. ":" .. text(math.min(current, LIMIT)) .. ":" .. text(previous) .. ":" .. server .. ":" .. text(floorAfter(guard, server))
end
