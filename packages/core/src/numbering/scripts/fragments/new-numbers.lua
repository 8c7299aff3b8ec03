-- Chooses numbers for the entries whose types are at these places in ARGV. Gives the numbers as text, then the types
-- whose highest number is known (every type, if `all` or after a failover) with those, the types used, and the guard.

local function takeNumbers(fresh, all)
  local wanted, types = {}, {}
  for _, at in ipairs(fresh) do
    local name = ARGV[at]
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
  local numbers, jump, clear = {}, 0, false
  while not clear and not problem do
    local reverse, last = {}, {}
    for place, at in ipairs(fresh) do
      local name = ARGV[at]
      last[name] = (last[name] or highest[name]) + 1
      if last[name] > LIMIT then return report("exhausted", name) end
      numbers[place] = text(last[name])
      reverse[place] = "r" .. name .. ":" .. numbers[place]
    end
    clear = true
    for _, generation in ipairs({ newest, older }) do
      local taken = generation.live and readFields(generation.key, reverse) or {}
      for place, at in ipairs(fresh) do
        if taken[place] then
          highest[ARGV[at]], clear = math.max(highest[ARGV[at]], tonumber(numbers[place]) + jump), false
        end
      end
    end
    if clear then
      for name, number in pairs(last) do highest[name] = number end
    end
    jump = 2 * jump + 1
  end
  return numbers, known, highest, types, nextGuard(guard, server, #fresh)
end
