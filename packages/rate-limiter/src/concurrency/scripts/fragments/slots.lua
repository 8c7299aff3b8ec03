-- slots: the attempts that hold slots of one key or wait for one, as text under KEYS[1]; see stored-slots.ts for its form.
-- All times count from born, on a clock that never steps back: shift is how far the server's has stepped back in all.
local WIDTH, ID = 29, 16
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("TIME")
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local born, shift, last, earliest, longest, held, queue = now, 0, 0, math.huge, 0, "", ""
local raw = redis.call("GET", KEYS[1])
if raw then
  local head = { string.match(raw, "^1 (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+)\n()") }
  for place = 1, #head do head[place] = tonumber(head[place]) end
  if not head[1] or #raw - head[8] + 1 ~= WIDTH * (head[6] + head[7]) then return { 3 } end
  born, shift, last, earliest, longest = unpack(head)
  held = string.sub(raw, head[8], head[8] + WIDTH * head[6] - 1)
  queue = string.sub(raw, head[8] + WIDTH * head[6])
end
local at = now + shift - born
if at < last then
  shift = shift + last - at
  at = last
end

local function noteEnd(ends)
  earliest, longest = math.min(earliest, ends), math.max(longest, ends)
end

local function liveOf(list)
  local live = {}
  for from = 1, #list, WIDTH do
    local ends = tonumber(string.sub(list, from + ID, from + WIDTH - 1))
    if ends > at then
      live[#live + 1] = string.sub(list, from, from + WIDTH - 1)
      noteEnd(ends)
    end
  end
  return table.concat(live)
end

-- Attempts are read one by one only if one may have ended. Everything else works on the text.
if at >= earliest then
  earliest, longest = math.huge, 0
  held, queue = liveOf(held), liveOf(queue)
end

-- The place of an attempt in a list, or nil. A match that lies across two attempts isn't one.
local function find(list, id)
  local from = string.find(list, id, 1, true)
  while from and (from - 1) % WIDTH ~= 0 do from = string.find(list, id, from + 1, true) end
  return from
end

local function drop(list, from)
  return string.sub(list, 1, from - 1) .. string.sub(list, from + WIDTH)
end

-- Writes an attempt at its place, or at the end.
local function put(list, from, id, ends)
  noteEnd(ends)
  from = from or #list + 1
  return string.sub(list, 1, from - 1) .. id .. string.format("%013.0f", ends) .. string.sub(list, from + WIDTH)
end

-- The key lives only as long as anything in it counts.
local function save()
  if #held + #queue == 0 then return redis.call("DEL", KEYS[1]) end
  local head = { 1, born, shift, at, earliest, longest, #held / WIDTH, #queue / WIDTH }
  redis.call("SET", KEYS[1], table.concat(head, " ") .. "\n" .. held .. queue, "PX", longest - at)
end
