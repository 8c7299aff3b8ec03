-- Which index names find every live mapping. `!index` lists all names that calls have ever carried, with ";" between them:
-- "0" is complete, and "k2=AWS_EC2:15,PII_EMAIL:9" may miss mappings of these types up to these numbers.

local function addIndex(indexes, name)
  local index = { name = name, types = {}, numbers = {} }
  indexes[#indexes + 1], indexes[name] = index, index
  return index
end

local function readIndexes(stored)
  local indexes = {}
  for part in string.gmatch(stored, "[^;]+") do
    local name, equals, lacks = string.match(part, "^([A-Za-z0-9_-]+)(=?)(.*)$")
    if not name or (equals == "") ~= (lacks == "") or indexes[name] then
      report("corrupt", "!index")
      return indexes
    end
    local index = addIndex(indexes, name)
    for pair in string.gmatch(lacks, "[^,]+") do
      local kind, number = string.match(pair, "^([A-Z][A-Z0-9_]*):(%d+)$")
      if not kind then report("corrupt", "!index") end
      kind = kind or ""
      index.types[#index.types + 1], index.numbers[kind] = kind, whole(number, "!index")
    end
  end
  return indexes
end

local function writeIndexes(indexes)
  local parts = {}
  for place, index in ipairs(indexes) do
    local lacks = {}
    for at, kind in ipairs(index.types) do lacks[at] = kind .. ":" .. text(index.numbers[kind]) end
    parts[place] = #lacks == 0 and index.name or index.name .. "=" .. table.concat(lacks, ",")
  end
  return table.concat(parts, ";")
end

-- Notes that an index may miss mappings of these types, up to their highest numbers.
local function raiseLacks(index, types, highest)
  for _, kind in ipairs(types) do
    if not index.numbers[kind] then index.types[#index.types + 1] = kind end
    index.numbers[kind] = math.max(index.numbers[kind] or 0, highest[kind])
  end
end

-- Whether one of these names finds every live mapping. If none does, an original may have a number and not be found.
local function carriesComplete(indexes, names)
  if #indexes == 0 then return true end
  for _, name in ipairs(names) do
    if indexes[name] and #indexes[name].types == 0 then return true end
  end
  return false
end
