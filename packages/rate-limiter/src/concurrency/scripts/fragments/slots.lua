-- slots: who holds the slots of one key and who waits for them, as text under KEYS[1]; see slot-state.ts for its form.
-- Here every time counts from born, on a clock that never steps back: shift is what the server's has lost.
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("TIME")
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local born, shift, last, lines = now, 0, 0, ""
local raw = redis.call("GET", KEYS[1])
if raw then
  local head = { string.match(raw, "^1 (%d+) (%d+) (%d+)\n(.*)$") }
  if not head[1] then return { 3 } end
  born, shift, last, lines = tonumber(head[1]), tonumber(head[2]), tonumber(head[3]), head[4]
end
local at = now + shift - born
if at < last then
  shift = shift + last - at
  at = last
end

-- Lists of attempts, h with a slot and w in the queue, in the order in which they came.
local standing, length = { h = {}, w = {} }, 0
for kind, id, expires in string.gmatch(lines, "([hw]) ([%w_-]+) (%d+)\n") do
  length = length + #id + #expires + 4
  local list = standing[kind]
  if tonumber(expires) > at then list[#list + 1] = { id = id, expires = tonumber(expires) } end
end
if length ~= #lines then return { 3 } end
local held, queue = standing.h, standing.w

local function placeOf(list, id)
  for place, attempt in ipairs(list) do
    if attempt.id == id then return place end
  end
end

-- The key lives only as long as something in it counts.
local function save()
  local text, longest = { "1 " .. born .. " " .. shift .. " " .. at .. "\n" }, at
  for _, kind in ipairs({ "h", "w" }) do
    for _, attempt in ipairs(standing[kind]) do
      text[#text + 1] = kind .. " " .. attempt.id .. " " .. attempt.expires .. "\n"
      longest = math.max(longest, attempt.expires)
    end
  end
  if longest > at then
    redis.call("SET", KEYS[1], table.concat(text), "PX", longest - at)
  else
    redis.call("DEL", KEYS[1])
  end
end
