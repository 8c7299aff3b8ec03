-- What the counters and the generations know about the types of a call, read together with everything else that it needs:
-- the highest number of each type, and the reverse record of the number that comes next by the counters.
local kindAt, counted = {}, {}

-- Reads the counters, then the generations. Returns the epoch, the birth and the guard as the counters have them.
local function readWitnesses(along)
  local stored, witnesses = redis.call("HMGET", KEYS[1], "!epoch", "!born", "!guard", unpack(used)), {}
  for place, name in ipairs(used) do
    kindAt[name], counted[place] = place, stored[place + 3]
    local number = tonumber(string.match(counted[place] or "", "^%d+$")) or 0
    witnesses[place], witnesses[#used + place] = "h" .. name, "r" .. name .. ":" .. text(number + 1)
  end
  readGenerations(witnesses, along)
  return stored[1], stored[2], stored[3]
end

-- Returns the highest numbers of some of these types, in a table by name, and whether the counters can be trusted with them:
-- the newest generation agrees, and the older one knows no higher number.
local function highestOf(types)
  local highest, agree = {}, true
  for _, name in ipairs(types) do
    local place = kindAt[name]
    local number = whole(counted[place], name)
    local newer = newest.live and whole(newest.witnesses[place], name) or number
    local elder = older.live and whole(older.witnesses[place], name) or 0
    agree = agree and newer == number and elder <= number
    highest[name] = math.max(number, newer, elder)
  end
  return highest, agree
end

-- The reverse records of the numbers that come next by the counters, as a generation has them.
local function nextOf(generation, types)
  local records = {}
  for place, name in ipairs(types) do records[place] = generation.witnesses[#used + kindAt[name]] end
  return records
end
