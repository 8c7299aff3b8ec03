-- Chooses numbers for the entries whose types are at these places of `given`. Gives the numbers as text and their reverse fields, then
-- the types whose highest number is known (every type, if `all` or after a failover) with those, the types used, and the guard.

local function takeNumbers(fresh, all)
  local wanted, types = {}, {}
  for _, at in ipairs(fresh) do
    local name = given[at]
    if not wanted[name] then types[#types + 1] = name end
    wanted[name] = (wanted[name] or 0) + 1
  end
  local guard, server = readGuard(redis.call("HGET", KEYS[1], "!guard")), readServer()
  local skip = skipAfter(guard, server)
  local known, highest = types, nil
  if all or skip > 0 then known, highest = highestOfAll() else highest = highestOf(types) end
  for name, number in pairs(highest) do highest[name] = math.min(number + skip, LIMIT) end
  for _, name in ipairs(types) do
    if not highest[name] then known[#known + 1], highest[name] = name, 0 end
  end

  -- A number whose reverse entry exists is taken, whatever the counters say. Each round steps further: it must end soon.
  local numbers, reverse, prefix, jump, clear = {}, {}, {}, 0, false
  for _, name in ipairs(types) do prefix[name] = "r" .. name .. ":" end
  while not clear and not problem do
    local last = {}
    for place = 1, #fresh do
      local name = given[fresh[place]]
      local number = (last[name] or highest[name]) + 1
      if number > LIMIT then return report("exhausted", name) end
      local digits = text(number)
      last[name], numbers[place], reverse[place] = number, digits, prefix[name] .. digits
    end
    clear = true
    for _, generation in ipairs({ newest, older }) do
      local taken = generation.live and readFields(generation.key, reverse) or {}
      for place = 1, #taken do
        if taken[place] then
          local name = given[fresh[place]]
          highest[name], clear = math.max(highest[name], tonumber(numbers[place]) + jump), false
        end
      end
    end
    if clear then
      for name, number in pairs(last) do highest[name] = number end
    end
    jump = 2 * jump + 1
  end
  return numbers, reverse, known, highest, types, nextGuard(guard, server, #fresh)
end
