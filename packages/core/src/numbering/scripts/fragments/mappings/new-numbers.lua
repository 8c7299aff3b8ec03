-- Chooses numbers for the entries in `fresh`; `stored` is the guard's text. Returns the numbers as text and their reverse
-- fields; the types whose highest number is known (every type, if `all` or after a failover) and these numbers; the types
-- used; and the guard's new text.
local function takeNumbers(fresh, all, stored)
  local types, firsts = {}, {} -- and the first place of each type
  for place, entry in ipairs(fresh) do
    local name = kinds[entry]
    if not firsts[name] then types[#types + 1], firsts[name] = name, place end
  end
  local guard, server = readGuard(stored), readServer()
  local skip = skipAfter(guard, server)
  local known, highest, trusted = types, nil, false
  if all or skip > 0 then known, highest = highestOfAll() else highest, trusted = highestOf(types) end
  for name, number in pairs(highest) do highest[name] = math.min(number + skip, LIMIT) end
  local floor = floorAfter(guard, server)
  for _, name in ipairs(types) do
    if not highest[name] then known[#known + 1] = name end
    trusted = trusted and highest[name] >= floor
    highest[name] = math.max(highest[name] or 0, floor)
  end

  -- A number whose reverse record exists is taken, whatever the counters say. If the counters can be trusted, only the first
  -- number of each type is checked; if not, every number is. Each round steps further than the last, so that it ends soon.
  local numbers, reverse, prefix, jump, clear = {}, {}, {}, 0, false
  for _, name in ipairs(types) do prefix[name] = "r" .. name .. ":" end
  while not clear and not problem do
    local last, places = {}, nil
    for place = 1, #fresh do
      local name = kinds[fresh[place]]
      local number = (last[name] or highest[name]) + 1
      if number > LIMIT then return report("exhausted", name) end
      local digits = text(number)
      last[name], numbers[place], reverse[place] = number, digits, prefix[name] .. digits
    end
    if trusted then
      places = {}
      for index, name in ipairs(types) do places[index] = firsts[name] end
    end
    clear = true
    for _, generation in ipairs({ newest, older }) do
      local taken = {}
      if generation.live then taken = trusted and nextOf(generation, types) or readFields(generation.key, reverse) end
      for index = 1, #taken do
        if taken[index] then
          local place = places and places[index] or index
          local name = kinds[fresh[place]]
          highest[name], clear = math.max(highest[name], tonumber(numbers[place]) + jump), false
        end
      end
    end
    if clear then
      for name, number in pairs(last) do highest[name] = number end
    end
    trusted, jump = false, 2 * jump + 1
  end
  return numbers, reverse, known, highest, types, nextGuard(guard, server, #fresh)
end

-- Puts both directions of these entries in `writes`, and their numbers in `answers`.
local function putNumbers(fresh, numbers, reverse, fields, writes, answers)
  local length = #writes
  for place = 1, #fresh do
    local entry, digits = fresh[place], numbers[place]
    for own = (entry - 1) * width + 1, entry * width do
      writes[length + 1], writes[length + 2], length = fields[own], digits, length + 2
    end
    writes[length + 1], writes[length + 2], length = reverse[place], ARGV[offset + entry], length + 2
    answers[entry] = digits
  end
end
