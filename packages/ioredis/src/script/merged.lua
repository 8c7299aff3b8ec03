-- merged: several calls of one step, each by itself and in their order, as the command of one. The step stands before it.
-- KEYS  as many for each call
-- ARGV  how many keys a call has | of each call: how many arguments, and they, or "=" for those of the call before
-- reply what each call answered, in their order; an error for one that failed, which is no other's concern
local width, at, given, replies = ARGV[1] + 0, 2, nil, {}
local keys, args

local function run()
  return step(keys, args)
end

-- Words it as the server does where a step is alone: what Redis answered to a command as it is, all else behind ERR, so that no text of
-- a step's own passes for a refusal.
local function failure(reason)
  local told = type(reason) == "table" and rawget(reason, "err")
  if type(told) ~= "string" then told = "ERR " .. (type(reason) == "string" and reason or type(reason)) end
  -- And the line of the step that called what failed.
  local _, where = pcall(error, "", 4)
  return told .. ", on " .. where
end

for first = 1, #KEYS, width do
  local count = ARGV[at]
  if count ~= "=" then
    given = { unpack(ARGV, at + 1, at + count) }
    at = at + count
  end
  at = at + 1
  -- Each has its own: a step may write to them.
  keys, args = { unpack(KEYS, first, first + width - 1) }, { unpack(given) }
  -- Not pcall: a server's own makes what Redis answered a text like any other.
  local isDone, reply = xpcall(run, failure)
  if not isDone then
    reply = { err = reply }
  elseif reply == nil then
    reply = false
  end
  replies[#replies + 1] = reply
end
return replies
