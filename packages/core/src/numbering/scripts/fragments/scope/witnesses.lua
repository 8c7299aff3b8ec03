-- What the counters and the generations know of the types of a call, read together with all else that it needs: the highest
-- number of each, and the reverse entry of the number behind the one that the counters know.
local kindAt, counted = {}, {}

-- Gives the counters' epoch, birth and guard, and reads the generations.
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

-- The highest numbers of some of these types, in a table by name; and whether the counters and the newest generation agree
-- on them, and the older one knows of none above.
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

-- The reverse entries behind the counters' numbers, as a generation has them.
local function nextOf(generation, types)
  local records = {}
  for place, name in ipairs(types) do records[place] = generation.witnesses[#used + kindAt[name]] end
  return records
end
