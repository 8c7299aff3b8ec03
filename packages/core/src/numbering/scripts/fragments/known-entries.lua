-- Finds the entries that have a number already, and what has to be written so that both directions agree on them.
local found, foundElsewhere -- forward entries, `width` of them for each entry
local records, recordElsewhere, parsed = {}, {}, {} -- by reverse field

local function readKnown(fields, head, stride)
  found, foundElsewhere = lookUp(fields)
  local reverse, asked = {}, {}
  for place = 1, #fields do
    local number = found[place]
    if number then
      local name = ARGV[head + math.floor((place - 1) / width) * stride + 1]
      if not isNumber(number) then report("corrupt", name) end
      local field = "r" .. name .. ":" .. number
      if not asked[field] then
        asked[field] = true
        reverse[#reverse + 1] = field
      end
    end
  end
  local values, elsewhere = lookUp(reverse)
  for place, field in ipairs(reverse) do
    records[field], recordElsewhere[field] = values[place], elsewhere[place]
  end
end

local function parse(field, name)
  if parsed[field] == nil then
    parsed[field] = readRecord(records[field]) or false
    if not parsed[field] then report("corrupt", name) end
  end
  return parsed[field]
end

-- A forward entry that leads to someone else's record is as good as none.
local function leadsHome(field, at, lead)
  local record = parse(field, ARGV[at])
  return record and not differs(record, at) and record.ids[names[lead]] ~= nil
end

-- Brings the record up to the ids, and if asked the value, of this call; true when that changes it.
local function merge(record, at, replace)
  local changed, value = false, ARGV[at + width + 1]
  for place = 1, width do
    if not record.ids[names[place]] then
      record.names[#record.names + 1], record.ids[names[place]], changed = names[place], ARGV[at + place], true
    end
  end
  if replace and record.value ~= value then record.value, changed = value, true end
  return changed
end

-- The number, as text, of the entry whose type is at ARGV[at], or nil. Adds to `writes` what is missing in the target.
local function settle(at, offset, fields, ids, replace, writes)
  for lead = 1, width do
    local number = found[offset + lead]
    local field = number and "r" .. ARGV[at] .. ":" .. number
    local stored = field and records[field]
    local exact = stored and string.sub(stored, 1, #ids + 1) == ids .. "|"
    if number and (exact or not stored or leadsHome(field, at, lead)) then
      for own = offset + 1, offset + width do
        if found[own] ~= number or foundElsewhere[own] then put(writes, fields[own], number) end
      end
      if not stored then
        put(writes, field, ids .. "|" .. ARGV[at + width + 1])
      elseif not exact or recordElsewhere[field] or replace then
        local record = parse(field, ARGV[at])
        if record and (merge(record, at, replace) or recordElsewhere[field]) then
          put(writes, field, writeRecord(record))
          for _, forward in ipairs(forwardOf(record, ARGV[at])) do put(writes, forward, number) end
        end
      end
      return number
    end
  end
  return nil
end
