-- The two generations of a scope's mappings, KEYS[2] and KEYS[3], as they are at `now`. ARGV[2] is the ttl, 0 for ever.
-- `!gen` is start:period:deadline in milliseconds; period and deadline are 0 in one that never ends. `!born` is when the
-- scope began to count, in one that repeats the highest number of every type up to now; 0 or absent in any other.
local ttl = tonumber(ARGV[2])

local function readGeneration(key)
  local fields = redis.call("HMGET", key, "!gen", "!index", "!born")
  local generation = { key = key, index = fields[2] or "", born = whole(fields[3], "!born") }
  if not fields[1] then
    if redis.call("EXISTS", key) == 1 then report("corrupt", "!gen") end
    return generation
  end
  local start, period, deadline = string.match(fields[1], "^(%d+):(%d+):(%d+)$")
  if not start then report("corrupt", "!gen") end
  generation.start, generation.period = whole(start, "!gen"), whole(period, "!gen")
  generation.deadline = whole(deadline, "!gen")
  generation.live = generation.deadline == 0 or now < generation.deadline
  return generation
end

-- newest: the live one that began last. older: the other one, if live. due: a new one must take newest's place.
local newest, older = readGeneration(KEYS[2]), readGeneration(KEYS[3])
if older.live and not (newest.live and newest.start > older.start) then newest, older = older, newest end
if problem then return problem end
local due = false
if newest.live then
  local period = newest.period
  if ttl > 0 and (period == 0 or ttl < period) then period = ttl end
  due = period > 0 and now - newest.start >= period
end

-- The scope's epoch, and when it was born: 0 while nobody knows, as what knew every number is lost and they may come again.
local function readLife()
  local stored = redis.call("HMGET", KEYS[1], "!epoch", "!born")
  local epoch, born = whole(stored[1], "!epoch"), whole(stored[2], "!born")
  return epoch, born == 0 and newest.live and newest.born or born
end

-- What can be read, newest first, and where it is written to: an older hit is copied there.
local sources = {}
if newest.live then sources[1] = newest end
if older.live and not due then sources[2] = older end
local target = newest
local opening = due or not newest.live
if due then target = older end
if not newest.live then target = { key = KEYS[2] } end

-- The values of fields in the generations, and which of them the target doesn't have itself.
local function lookUp(fields)
  if #sources == 0 then
    local values = {}
    for index = 1, #fields do values[index] = false end
    return values, {}
  end
  local values, elsewhere = readFields(sources[1].key, fields), {}
  if opening then
    for index = 1, #fields do elsewhere[index] = values[index] and true end
  end
  if sources[2] then
    local missing, places = {}, {}
    for index = 1, #fields do
      if not values[index] then
        missing[#missing + 1] = fields[index]
        places[#places + 1] = index
      end
    end
    local found = readFields(sources[2].key, missing)
    for index = 1, #missing do
      if found[index] then values[places[index]], elsewhere[places[index]] = found[index], true end
    end
  end
  return values, elsewhere
end
