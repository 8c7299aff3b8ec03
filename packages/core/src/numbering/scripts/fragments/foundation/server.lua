-- Tells servers apart. One that has just taken over may have lost as many numbers as were given out in two windows of time.
-- At least LEAST_SKIP of them are assumed to be lost.
local WINDOW_MS, LEAST_SKIP = 2000, 1000

-- The server's id, which changes with every failover and restart. "" on a server that hides it.
local function readServer()
  local information = redis.pcall("INFO", "replication")
  return type(information) == "string" and string.match(information, "master_replid:(%w+)") or ""
end
