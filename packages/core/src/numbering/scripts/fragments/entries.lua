-- Entries as calls bring them in ARGV[5], a JSON array of strings: for each its type, a forward field for each index name,
-- "f<TYPE>:<name>:<id>", and the reverse record as it is to be stored. ARGV[3]: the index names, with "," between them.
-- One argument, since clients and the server spend more on thousands of them than on all that is done with them here.
local names = {}
for name in string.gmatch(ARGV[3], "[^,]+") do names[#names + 1] = name end
local width, stride = #names, #names + 2
local given = cjson.decode(ARGV[5] or "[]")

-- The forward fields of all entries, `width` of them for each.
local function forwardFields()
  local fields, length = {}, 0
  for at = 2, #given, stride do
    for place = at, at + width - 1 do
      length = length + 1
      fields[length] = given[place]
    end
  end
  return fields
end

-- Where the type of the entry stands that a place among all forward fields belongs to.
local function typeAt(place)
  return 1 + math.floor((place - 1) / width) * stride
end

-- Whether a record holds another id than the entry's under one of the entry's names: then it is someone else's.
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
