-- Finds the entries that already have a number, and what has to be written so that both directions agree on them.
local found, foundElsewhere, seen -- forward entries, `width` of them for each entry; which entries have one
local records, recordElsewhere, parsed = {}, {}, {} -- by reverse field

local function readKnown(fields)
  found, foundElsewhere = lookUp(fields, true)
  seen = {}
  local reverse, asked = {}, {}
  for place = 1, #fields do
    local number = found[place]
    if number then
      local entry = entryAt(place)
      if not isNumber(number) then report("corrupt", kinds[entry]) end
      seen[entry] = true
      local field = "r" .. kinds[entry] .. ":" .. number
      if not asked[field] then reverse[#reverse + 1], asked[field] = field, true end
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

-- Whether a forward entry leads to the entry's own record. One that leads to someone else's doesn't count.
local function leadsHome(field, entry, lead)
  local record = parse(field, kinds[entry])
  return record and record.ids[names[lead]] ~= nil and not differs(record, readRecord(ARGV[offset + entry]))
end

-- Adds the entry's ids to the record, and its value if that is to be replaced. Returns whether the record has changed.
local function merge(record, own, replace)
  local changed = false
  for _, name in ipairs(own.names) do
    if not record.ids[name] then
      record.names[#record.names + 1], record.ids[name], changed = name, own.ids[name], true
    end
  end
  if replace and record.value ~= own.value then record.value, changed = own.value, true end
  return changed
end

-- Returns the number of the entry as text, or nil. Adds to `writes` what the target lacks.
local function settle(entry, fields, replace, writes)
  local kind, own, first = kinds[entry], ARGV[offset + entry], (entry - 1) * width
  local ids = string.find(own, "|", 1, true)
  for lead = 1, width do
    local number = found[first + lead]
    local field = number and "r" .. kind .. ":" .. number
    local stored = field and records[field]
    local exact = stored and string.sub(stored, 1, ids) == string.sub(own, 1, ids)
    -- An entry without its record may just be being erased, so only a call that may make a number restores the record.
    local trusted = number and (exact or not stored and not replace or stored and leadsHome(field, entry, lead))
    if trusted then
      for place = first + 1, first + width do
        if found[place] ~= number or foundElsewhere[place] then put(writes, fields[place], number) end
      end
      if not stored then
        put(writes, field, own)
      elseif not exact or recordElsewhere[field] or replace then
        local record = parse(field, kind)
        if record and (merge(record, readRecord(own), replace) or recordElsewhere[field]) then
          put(writes, field, writeRecord(record))
          for _, forward in ipairs(forwardOf(record, kind)) do put(writes, forward, number) end
        end
      end
      return number
    end
  end
  return nil
end
