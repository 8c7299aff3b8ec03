-- Makes the target a new generation and puts the life, the highest number of every type and nothing else yet in `writes`.
-- The one before it becomes the older: it lives no longer than one more ttl, and isn't told of numbers any more.
local function openGeneration(epoch, born, index, types, highest, writes)
  if newest.live then redis.call("UNLINK", target.key) else redis.call("UNLINK", KEYS[2], KEYS[3]) end
  if due then
    local fields = { "!life", "0:0" }
    local isShortened = ttl > 0 and (newest.deadline == 0 or newest.deadline > now + ttl)
    if isShortened then put(fields, "!gen", text(newest.start) .. ":" .. text(newest.period) .. ":" .. text(now + ttl)) end
    sendAll("HSET", newest.key, fields)
    if isShortened then redis.call("PEXPIRE", newest.key, text(ttl)) end
  end
  target.start, target.deadline = now, ttl > 0 and now + 2 * ttl or 0
  put(writes, "!gen", text(now) .. ":" .. text(ttl) .. ":" .. text(target.deadline))
  put(writes, "!life", text(epoch) .. ":" .. text(born))
  if index ~= "" then put(writes, "!index", index) end
  if #types > 0 then put(writes, "!types", table.concat(types, ",")) end
  for _, name in ipairs(types) do put(writes, "h" .. name, text(highest[name])) end
end

-- Writes to the target. One that was just opened has its deadline from now on.
local function writeTarget(writes)
  sendAll("HSET", target.key, writes)
  if opening and ttl > 0 then redis.call("PEXPIRE", target.key, text(2 * ttl)) end
end

-- Milliseconds that what is in the target surely lives on, "" for ever.
local function remaining()
  local deadline = target.deadline
  if ttl > 0 and (deadline == 0 or target.start + 2 * ttl < deadline) then deadline = target.start + 2 * ttl end
  return deadline > 0 and text(deadline - now) or ""
end

-- Repeats the highest numbers of types in the target, which is open already; and the life, where it comes with every type.
local function repeatHighest(epoch, born, types, highest, writes)
  local listed, unlisted = "," .. target.types .. ",", {}
  for _, name in ipairs(types) do
    if not string.find(listed, "," .. name .. ",", 1, true) then unlisted[#unlisted + 1] = name end
    put(writes, "h" .. name, text(highest[name]))
  end
  if target.epoch ~= epoch or target.born ~= born then put(writes, "!life", text(epoch) .. ":" .. text(born)) end
  if #unlisted == 0 then return end
  put(writes, "!types", (target.types == "" and "" or target.types .. ",") .. table.concat(unlisted, ","))
end
