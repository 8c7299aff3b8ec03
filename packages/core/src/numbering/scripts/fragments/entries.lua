-- Entries as calls bring them. ARGV[3]: the index names, with "," between them; every entry brings one id for each, in
-- this order, after its type.
local names = {}
for name in string.gmatch(ARGV[3], "[^,]+") do names[#names + 1] = name end
local width = #names

-- The forward fields, "f<TYPE>:<index name>:<id>", of the entries that begin at ARGV[head + 1], `stride` apart.
local function forwardFields(head, stride, count)
  local fields = {}
  for entry = 0, count - 1 do
    local at = head + entry * stride + 1
    local prefix = "f" .. ARGV[at] .. ":"
    for place = 1, width do fields[#fields + 1] = prefix .. names[place] .. ":" .. ARGV[at + place] end
  end
  return fields
end

-- The ids of the entry whose type is at ARGV[at], as a record begins with them.
local function idsOf(at)
  local ids = names[1] .. ":" .. ARGV[at + 1]
  for place = 2, width do ids = ids .. "," .. names[place] .. ":" .. ARGV[at + place] end
  return ids
end

-- Whether a record holds another id than the entry under one of the entry's names: then it is someone else's.
local function differs(record, at)
  for place = 1, width do
    local id = record.ids[names[place]]
    if id and id ~= ARGV[at + place] then return true end
  end
  return false
end

-- Whether a forward entry holds a number.
local function isNumber(stored)
  return string.find(stored, "^[1-9]%d*$") ~= nil and #stored <= 16
end
