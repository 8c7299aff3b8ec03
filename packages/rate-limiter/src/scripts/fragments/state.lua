-- state: all that is known of one caller, as text under KEYS[1]; see key-state.ts for its form.
-- Here every time counts from born, on a clock that never steps back: shift is what the server's has lost.
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call("TIME")
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local born, shift, last, blocked, lines = now, 0, 0, 0, ""
local raw = redis.call("GET", KEYS[1])
if raw then
  local head = { string.match(raw, "^1 (%d+) (%d+) (%d+) (%d+)\n(.*)$") }
  if not head[1] then return { 3 } end
  born, shift, last, blocked = tonumber(head[1]), tonumber(head[2]), tonumber(head[3]), tonumber(head[4])
  lines = head[5]
end
local at = now + shift - born
if at < last then
  shift = shift + last - at
  at = last
end

local names, windows, length = {}, {}, 0
for name, expires, rest in string.gmatch(lines, "([lgf]%d+) (%d+) ([^\n]*)\n") do
  length = length + #name + #expires + #rest + 3
  if tonumber(expires) > at then
    names[#names + 1] = name
    windows[name] = { expires = tonumber(expires), rest = rest }
  end
end
if length ~= #lines then return { 3 } end

local function put(name, expires, rest)
  if not windows[name] then names[#names + 1] = name end
  windows[name] = { expires = expires, rest = rest }
end

-- Also while nothing is taken the key lives only as long as something in it counts.
local function save()
  local text, longest = { "1 " .. born .. " " .. shift .. " " .. at .. " " .. blocked .. "\n" }, blocked
  for _, name in ipairs(names) do
    local window = windows[name]
    if window.expires > at then
      text[#text + 1] = name .. " " .. window.expires .. " " .. window.rest .. "\n"
      longest = math.max(longest, window.expires)
    end
  end
  if longest > at then
    redis.call("SET", KEYS[1], table.concat(text), "PX", longest - at)
  else
    redis.call("DEL", KEYS[1])
  end
end
