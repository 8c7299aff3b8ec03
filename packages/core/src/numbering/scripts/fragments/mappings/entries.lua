-- Entries as calls bring them. ARGV[3] holds the index names, and ARGV[5] the type of each entry, with "," between them.
-- From ARGV[6] on comes the reverse record of each entry, "name:id,name:id|value", with its ids in the order of the names.
-- Each entry is one argument, because three would take a client twice as long to send.
local function list(joined)
  local parts, length = {}, 0
  for part in string.gmatch(joined, "[^,]+") do
    length = length + 1
    parts[length] = part
  end
  return parts
end

local names, kinds, used, offset = list(ARGV[3]), list(ARGV[5] or ""), {}, 5
local width = #names

-- Returns the forward fields of all entries, "f<TYPE>:<name>:<id>", `width` of them for each. Lists the types in `used`.
local function forwardFields()
  local fields, prefix = {}, {}
  for entry = 1, #kinds do
    local kind, record = kinds[entry], ARGV[offset + entry]
    local start = prefix[kind]
    if not start then
      start = "f" .. kind .. ":"
      prefix[kind], used[#used + 1] = start, kind
    end
    local ids = string.sub(record, 1, string.find(record, "|", 1, true) - 1)
    if width == 1 then
      fields[entry] = start .. ids
    else
      for id in string.gmatch(ids, "[^,]+") do fields[#fields + 1] = start .. id end
    end
  end
  return fields
end

-- Which entry a place among all forward fields belongs to.
local function entryAt(place)
  return 1 + math.floor((place - 1) / width)
end

-- Whether a record has another id than the entry under one of the entry's names, and so belongs to someone else.
local function differs(record, own)
  for _, name in ipairs(own.names) do
    if record.ids[name] and record.ids[name] ~= own.ids[name] then return true end
  end
  return false
end

-- Whether a forward entry holds a number.
local function isNumber(stored)
  return string.find(stored, "^[1-9]%d*$") ~= nil and #stored <= 16
end
