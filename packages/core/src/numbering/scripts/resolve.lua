-- resolve: finds what each reference stands for. What only the older generation has is copied to the newest, together with
--   all forward entries that lead to it.
-- KEYS  counters (hash) | generation a (hash) | generation b (hash)
-- ARGV  now in ms or "" | ttl in ms, 0 for ever | the reverse fields, "r<TYPE>:<number>", "," between
-- reply "ok", epoch, birth, ms that what was found is sure to live on ("" for ever, "0" if nothing was found)
--       then for each reference: "=" and its value | nil | "!" for a record that can't be read
--       or "corrupt", where: then nothing was written
-- clock the server's
local fields = {}
for field in string.gmatch(ARGV[3], "[^,]+") do fields[#fields + 1] = field end
readGenerations({}, fields)
if problem then return problem end
local epoch, born = readLife()
if problem then return problem end

local stored, elsewhere = lookUp(fields, true)
local reply, writes, forward, numbers, hit = { "ok", text(epoch), text(born), "0" }, {}, {}, {}, false
for place, field in ipairs(fields) do
  local record = stored[place]
  local value = record and readValue(record)
  if value and elsewhere[place] then
    local leads = readRecord(record)
    local name, number = string.match(field, "^r([^:]+):(%d+)$")
    if leads then put(writes, field, record) else value = nil end
    for _, lead in ipairs(leads and forwardOf(leads, name) or {}) do
      forward[#forward + 1], numbers[#numbers + 1] = lead, number
    end
  end
  hit = hit or value
  reply[place + 4] = value and "=" .. value or record and "!"
end

if #writes > 0 then
  local newer = {}
  if opening then
    local types, highest = highestOfAll()
    if problem then return problem end
    openGeneration(epoch, born, newest.index, types, highest, writes)
  else
    newer = readFields(target.key, forward)
  end
  for place, lead in ipairs(forward) do
    if not newer[place] then put(writes, lead, numbers[place]) end
  end
  writeTarget(writes)
end
if hit then reply[4] = remaining() end
return reply
