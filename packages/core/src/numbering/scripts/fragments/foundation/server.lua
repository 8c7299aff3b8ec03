-- Which server this is, and how much one that took over may have lost: what two windows gave out, but assume this at least.
local WINDOW_MS, LEAST_SKIP = 2000, 1000

-- Changes with every failover and restart; "" on a server that hides it.
local function readServer()
  local information = redis.pcall("INFO", "replication")
  return type(information) == "string" and string.match(information, "master_replid:(%w+)") or ""
end
