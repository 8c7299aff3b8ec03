-- read-eviction-policy: reads what the server does when its memory is full. Writes nothing.
-- KEYS  any key of the scope in question; on a Cluster it selects the server
-- ARGV  now in ms or "" (not used)
-- reply the policy's name | "" if there is no limit, or the server doesn't say
-- clock none
local information = redis.pcall("INFO", "memory")
if type(information) ~= "string" then return "" end
local limit = string.match(information, "[\r\n]maxmemory:(%d+)")
local policy = string.match(information, "[\r\n]maxmemory_policy:([%w-]+)")
if not policy or limit == "0" then return "" end
return policy
