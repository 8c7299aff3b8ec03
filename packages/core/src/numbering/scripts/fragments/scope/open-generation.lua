-- Makes the target a new generation, and puts in `writes` what it begins with: the life and the highest number of every type.
-- The generation before it becomes the older one. It lives for one more ttl at most, and new numbers aren't repeated in it.
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

-- Writes to the target, and sets its expiry if it has just been opened.
local function writeTarget(writes)
  sendAll("HSET", target.key, writes)
  if opening and ttl > 0 then redis.call("PEXPIRE", target.key, text(2 * ttl)) end
end

-- For how many milliseconds everything in the target is sure to live on; "" for ever.
local function remaining()
  local deadline = target.deadline
  if ttl > 0 and (deadline == 0 or target.start + 2 * ttl < deadline) then deadline = target.start + 2 * ttl end
  return deadline > 0 and text(deadline - now) or ""
end

-- Repeats the highest numbers of these types, and the life if it has changed, in a target that is already open. To one that
-- doesn't have this birth yet, a caller has to bring every type.
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
