-- The two generations of a scope's mappings, KEYS[2] and KEYS[3], at the time `now`. ARGV[2] is the ttl, 0 for ever.
-- `!gen` is start:period:deadline in milliseconds; a generation that never ends has 0 for period and deadline. `!life` is
-- the scope's epoch:birth, in the generation that repeats the highest number of every type up to now; "0:0" in any other.
local now, ttl = readClock(), tonumber(ARGV[2])

-- Reads all that a call needs of one generation, in one command: what it says about itself, `witnesses`, and `along`.
local function readGeneration(key, witnesses, along)
  local asked, head = {}, #along
  for place = 1, head do asked[place] = along[place] end
  asked[head + 1], asked[head + 2], asked[head + 3], asked[head + 4] = "!gen", "!life", "!index", "!types"
  for place, field in ipairs(witnesses) do asked[head + 4 + place] = field end
  local values = readFields(key, asked)
  local generation = { key = key, epoch = 0, born = 0, index = values[head + 3] or "", types = values[head + 4] or "" }
  generation.along, generation.witnesses = head > 0 and values, { unpack(values, head + 5) }
  if not values[head + 1] then
    for _, value in ipairs(values) do
      if value then report("corrupt", "!gen") end
    end
    return generation
  end
  local start, period, deadline = string.match(values[head + 1], "^(%d+):(%d+):(%d+)$")
  if not start then report("corrupt", "!gen") end
  generation.start, generation.period = whole(start, "!gen"), whole(period, "!gen")
  generation.deadline = whole(deadline, "!gen")
  generation.live = generation.deadline == 0 or now < generation.deadline
  local epoch, born = string.match(values[head + 2] or "0:0", "^(%d+):(%d+)$")
  if not epoch then report("corrupt", "!life") end
  generation.epoch, generation.born = whole(epoch, "!life"), whole(born, "!life")
  return generation
end

-- newest is the live generation that began last, and older is the other one, if it is live.
-- due says that a new generation has to take the place of newest. opening says that the next write begins a generation.
-- sources are the generations to read from, newest first. target is the one to write to; it is a new one if opening.
local newest, older, due, opening, sources, target
local function readGenerations(witnesses, along)
  older, newest = readGeneration(KEYS[3], witnesses, {}), readGeneration(KEYS[2], witnesses, along)
  if older.live and not (newest.live and newest.start > older.start) then newest, older = older, newest end
  due = false
  if newest.live then
    local period = newest.period
    if ttl > 0 and (period == 0 or ttl < period) then period = ttl end
    due = period > 0 and now - newest.start >= period
  end
  opening, sources, target = due or not newest.live, {}, newest
  if newest.live then sources[1] = newest else target = { key = KEYS[2] } end
  if older.live and not due then sources[2] = older end
  if due then target = older end
end

-- Looks fields up in the generations. Returns their values, and which of them the target doesn't have itself, so that they
-- can be copied there. isAlong says that these are the fields that were read along.
local function lookUp(fields, isAlong)
  local first, second, values, elsewhere = sources[1], sources[2], {}, {}
  if first then values = isAlong and first.along or readFields(first.key, fields) end
  if opening then
    for place = 1, #fields do values[place], elsewhere[place] = values[place] or false, values[place] and true end
  end
  if second then
    local missing, places = {}, {}
    for place = 1, #fields do
      if not values[place] then missing[#missing + 1], places[#places + 1] = fields[place], place end
    end
    local along = isAlong and second.along
    local found = along or readFields(second.key, missing)
    for index, place in ipairs(places) do
      local value = found[along and place or index]
      if value then values[place], elsewhere[place] = value, true end
    end
  end
  return values, elsewhere
end
