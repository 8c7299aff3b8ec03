-- The highest number of each type. It stands in the counters, and again as h<TYPE> in each generation, so that it survives
-- the loss of any of the keys. `!types` lists a generation's types, so that they are found without reading all of it.

-- Compares byte by byte, because `<` on strings follows the server's locale.
local function before(left, right)
  for place = 1, math.min(#left, #right) do
    local a, b = string.byte(left, place), string.byte(right, place)
    if a ~= b then return a < b end
  end
  return #left < #right
end

-- Returns every type of the scope in order, and the highest number of each.
local function highestOfAll()
  local types, highest = {}, {}
  local function raise(name, stored)
    local number = whole(stored, name)
    if not highest[name] then types[#types + 1] = name end
    if number > (highest[name] or -1) then highest[name] = number end
  end
  local counters, counted, stored = redis.call("HGETALL", KEYS[1]), {}, {}
  for index = 1, #counters, 2 do
    local name = counters[index]
    if string.sub(name, 1, 1) ~= "!" then counted[#counted + 1], stored[name] = name, counters[index + 1] end
  end
  table.sort(counted, before)
  for _, name in ipairs(counted) do raise(name, stored[name]) end
  for _, generation in ipairs({ newest, older }) do
    if generation.live then
      local names, fields = {}, {}
      for name in string.gmatch(generation.types, "[^,]+") do
        names[#names + 1], fields[#fields + 1] = name, "h" .. name
      end
      local repeated = readFields(generation.key, fields)
      for index, name in ipairs(names) do raise(name, repeated[index]) end
    end
  end
  table.sort(types, before)
  return types, highest
end

-- Writes the epoch, the birth and the highest numbers to the counters, and the guard's text if there is one.
local function saveHighest(epoch, born, guard, types, highest)
  local fields = { "!epoch", text(epoch), "!born", text(born) }
  if guard then put(fields, "!guard", guard) end
  for _, name in ipairs(types) do put(fields, name, text(highest[name])) end
  sendAll("HSET", KEYS[1], fields)
end
