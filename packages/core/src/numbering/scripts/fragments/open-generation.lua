-- Makes the target a new generation, holding the birth, the highest number of every type and nothing else yet.
-- The one before it becomes the older: it lives no longer than one more ttl, and isn't told of numbers any more.
local function openGeneration(born, index, types, highest)
  redis.call("UNLINK", target.key)
  if not newest.live then redis.call("UNLINK", KEYS[3]) end
  if due and ttl > 0 and (newest.deadline == 0 or newest.deadline > now + ttl) then
    redis.call("HSET", newest.key, "!gen", text(newest.start) .. ":" .. text(newest.period) .. ":" .. text(now + ttl))
    redis.call("PEXPIRE", newest.key, text(ttl))
  end
  if due then redis.call("HSET", newest.key, "!born", "0") end
  target.start, target.deadline = now, ttl > 0 and now + 2 * ttl or 0
  local fields = { "!gen", text(now) .. ":" .. text(ttl) .. ":" .. text(target.deadline), "!born", text(born) }
  if index ~= "" then put(fields, "!index", index) end
  if #types > 0 then put(fields, "!types", table.concat(types, ",")) end
  for _, name in ipairs(types) do put(fields, "h" .. name, text(highest[name])) end
  sendAll("HSET", target.key, fields)
  if ttl > 0 then redis.call("PEXPIRE", target.key, text(2 * ttl)) end
end

-- Milliseconds that what is in the target surely lives on, "" for ever.
local function remaining()
  local deadline = target.deadline
  if ttl > 0 and (deadline == 0 or target.start + 2 * ttl < deadline) then deadline = target.start + 2 * ttl end
  return deadline > 0 and text(deadline - now) or ""
end

-- Repeats the highest numbers of types in the target, which is open already; and the birth, where it comes with every type.
local function repeatHighest(born, types, highest, writes)
  local fields, unlisted = {}, {}
  for place, name in ipairs(types) do fields[place] = "h" .. name end
  local stored = readFields(target.key, fields)
  for place, name in ipairs(types) do
    if not stored[place] then unlisted[#unlisted + 1] = name end
    put(writes, fields[place], text(highest[name]))
  end
  if target.born ~= born then put(writes, "!born", text(born)) end
  if #unlisted == 0 then return end
  local listed = redis.call("HGET", target.key, "!types")
  put(writes, "!types", (listed and listed .. "," or "") .. table.concat(unlisted, ","))
end
