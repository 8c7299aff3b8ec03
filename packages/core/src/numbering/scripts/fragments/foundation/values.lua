-- Numbers and fields as the numbering keeps them.
local ARGV, KEYS = ARGV, KEYS
local LIMIT = 9007199254740991 -- 2^53 - 1: above it neither Lua nor JavaScript can count by one

-- The reply that says why nothing is done. Looked at once, before the first write.
local problem
local function report(status, where)
  problem = problem or { status, where }
end

-- Decimal digits, all of them: tostring keeps only 14, and %d, the faster one, ends where a C long may.
local format = string.format
local function text(number)
  return format(number < 2147483648 and "%d" or "%.0f", number)
end

-- A stored number: 0 where there is none, a problem where there is something else.
local function whole(stored, where)
  if not stored then return 0 end
  local number = tonumber(stored)
  if number and number >= 0 and number <= LIMIT and text(number) == stored then return number end
  report("corrupt", where)
  return 0
end

local function put(list, field, value)
  list[#list + 1] = field
  list[#list + 1] = value
end

-- unpack fails near 8,000 values on Redis and may fail sooner elsewhere, and longer commands take the server no less time:
-- long lists go in pieces. One holds all that is asked for a thousand entries; an even size keeps field and value together.
local PIECE = 2000

-- HMGET for any number of fields: false where there is none.
local function readFields(key, fields)
  if #fields == 0 then return {} end
  if #fields <= PIECE then return redis.call("HMGET", key, unpack(fields)) end
  local values = {}
  for first = 1, #fields, PIECE do
    local piece = redis.call("HMGET", key, unpack(fields, first, math.min(first + PIECE - 1, #fields)))
    for index = 1, #piece do values[first + index - 1] = piece[index] end
  end
  return values
end

-- Runs a variadic command (HSET with fields and values, HDEL with fields) over any number of arguments.
local function sendAll(command, key, arguments)
  for first = 1, #arguments, PIECE do
    redis.call(command, key, unpack(arguments, first, math.min(first + PIECE - 1, #arguments)))
  end
end
