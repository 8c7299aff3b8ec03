-- A reverse record is "name:id,name:id|value": the ids by which it is found, under their index names, and the value that its
-- number stands for.

-- Returns nil if the text isn't a record.
local function readRecord(stored)
  local bar = string.find(stored, "|", 1, true)
  if not bar then return nil end
  local record = { names = {}, ids = {}, value = string.sub(stored, bar + 1) }
  for part in string.gmatch(string.sub(stored, 1, bar - 1) .. ",", "([^,]*),") do
    local name, id = string.match(part, "^([A-Za-z0-9_-]+):([A-Za-z0-9_-]+)$")
    if not name or record.ids[name] then return nil end
    record.names[#record.names + 1], record.ids[name] = name, id
  end
  return record
end

-- Reads the value only, if the text at least begins like a record. Taking the ids of a thousand records apart would take
-- longer than finding the records.
local function readValue(stored)
  local _, bar = string.find(stored, "^[%w_-]+:[%w_:,-]+|")
  return bar and string.sub(stored, bar + 1)
end

local function writeRecord(record)
  local parts = {}
  for place, name in ipairs(record.names) do parts[place] = name .. ":" .. record.ids[name] end
  return table.concat(parts, ",") .. "|" .. record.value
end

-- The forward fields that lead to a record of this type.
local function forwardOf(record, name)
  local fields = {}
  for place, index in ipairs(record.names) do fields[place] = "f" .. name .. ":" .. index .. ":" .. record.ids[index] end
  return fields
end
