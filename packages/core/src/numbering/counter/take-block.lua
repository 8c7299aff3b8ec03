-- take-block: takes the next numbers of a counter, in one block.
-- KEYS  counter (hash): "n:<server>" is the highest number, under the id of the server that gave it out
--       `!pace` is window:start:previous: the latest window of time in which the pace was noted, and the numbers after which
--       that window and the one before it began
-- ARGV  now in ms or "" | how many
-- reply "ok", first, last | or "corrupt", field | "exhausted", field: then nothing has changed
-- clock the server's
local key, count, own, STEP = KEYS[1], tonumber(ARGV[2]), "n:" .. readServer(), LEAST_SKIP / 2

local function readPace(stored)
  local window, start, previous = string.match(stored or "0:0:0", "^(%d+):(%d+):(%d+)$")
  if not window then report("corrupt", "!pace") end
  return whole(window, "!pace"), whole(start, "!pace"), whole(previous, "!pace")
end

local function paceAt(window, start, previous)
  return text(window) .. ":" .. text(start) .. ":" .. text(previous)
end

local function readWindow()
  return math.floor(readClock() / WINDOW_MS)
end

-- For a server that has no number of this counter. If another server gave out the numbers so far, it may have given out more
-- than is known.
local function takeOver()
  local fields, gone, highest, pace = redis.call("HGETALL", key), {}, 0, nil
  for place = 1, #fields, 2 do
    local name, value = fields[place], fields[place + 1]
    if name == "!pace" then
      pace = value
    elseif name ~= own then
      gone[#gone + 1], highest = name, math.max(highest, whole(value, "highest"))
    end
  end
  if #gone == 0 and count < STEP then return 0 end
  local before = 0
  if #gone > 0 then
    local _, _, previous = readPace(pace)
    before = highest + math.min(math.max(LEAST_SKIP, 2 * (highest - previous)), LIMIT)
    if before > LIMIT - count then report("exhausted", "highest") end
    if problem then return 0 end
    redis.call("HDEL", key, unpack(gone))
  end
  redis.call("HSET", key, own, text(before + count), "!pace", paceAt(readWindow(), before, before))
  return before
end

-- Notes how fast numbers are taken. The least skip makes up for fewer than STEP, so those needn't be noted. Numbers that
-- weren't noted at their time count as given out now.
local function notePace(before)
  local known, start = readPace(redis.call("HGET", key, "!pace"))
  local window, since = readWindow(), before - before % STEP
  if problem or window <= known then return end
  redis.call("HSET", key, "!pace", paceAt(window, since, window == known + 1 and start or since))
end

local last = redis.pcall("HINCRBY", key, own, ARGV[2])
if type(last) == "table" then
  whole(redis.call("HGET", key, own), "highest")
  return problem or last -- the server's own refusal: out of memory, read-only
end
local before = last - count
if before < 0 or last > LIMIT then
  redis.call("HINCRBY", key, own, "-" .. ARGV[2])
  whole(redis.call("HGET", key, own), "highest")
  return problem or { "exhausted", "highest" }
end
if before == 0 then
  before = takeOver()
elseif math.floor(before / STEP) ~= math.floor(last / STEP) then
  notePace(before)
end
if not problem then return { "ok", text(before + 1), text(before + count) } end
if last == count then redis.call("HDEL", key, own) else redis.call("HINCRBY", key, own, "-" .. ARGV[2]) end
return problem
