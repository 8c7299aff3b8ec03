-- Stored numbers, and commands with any number of fields.
local ARGV, KEYS = ARGV, KEYS
local LIMIT = 9007199254740991 -- 2^53 - 1: above it neither Lua nor JavaScript can count by one

-- The first thing that was found wrong, as the script's reply. Every script looks at it before it writes anything.
local problem
local function report(status, where)
  problem = problem or { status, where }
end

-- All decimal digits of a number. tostring keeps only 14 of them, and %d, which is faster, may be limited to 32 bits.
local format = string.format
local function text(number)
  return format(number < 2147483648 and "%d" or "%.0f", number)
end

-- Reads a stored number. An absent one is 0; anything else that isn't a whole number up to LIMIT is a problem.
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

-- Long lists go in pieces of this size, because unpack fails near 8,000 values on Redis and may fail sooner elsewhere. Longer
-- commands wouldn't save the server any time. One piece holds all that is asked about a thousand entries. The size is even, so
-- that a field and its value stay together.
local PIECE = 2000

-- HMGET for any number of fields. An absent field is false.
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

-- Runs a command that takes a list, such as HSET (fields and values) or HDEL (fields), for a list of any length.
local function sendAll(command, key, arguments)
  for first = 1, #arguments, PIECE do
    redis.call(command, key, unpack(arguments, first, math.min(first + PIECE - 1, #arguments)))
  end
end
