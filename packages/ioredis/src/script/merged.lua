-- merged: runs several calls of one step, in their order, as one command. The step's own text comes before this one.
-- KEYS  those of each call, as many for each
-- ARGV  how many keys a call has | for each call: how many arguments and the arguments, or "=" for those of the call before
-- reply what each call answered, in their order; an error for one that failed, which doesn't concern the others
local width, at, given, replies = ARGV[1] + 0, 2, nil, {}
local keys, args

local function run()
  return step(keys, args)
end

-- Words an error as the server does for a step that runs alone: what Redis answered to a command stays as it is, and everything
-- else gets ERR in front, so that no text of a step's own passes for a refusal.
local function failure(reason)
  local told = type(reason) == "table" and rawget(reason, "err")
  if type(told) ~= "string" then told = "ERR " .. (type(reason) == "string" and reason or type(reason)) end
  -- The line of the step at which it failed.
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
  -- Each call gets tables of its own, since a step may write to them.
  keys, args = { unpack(KEYS, first, first + width - 1) }, { unpack(given) }
  -- Not pcall, because that of some servers turns what Redis answered into a text like any other.
  local isDone, reply = xpcall(run, failure)
  if not isDone then
    reply = { err = reply }
  elseif reply == nil then
    reply = false
  end
  replies[#replies + 1] = reply
end
return replies
