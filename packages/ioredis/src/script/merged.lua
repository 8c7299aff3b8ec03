-- merged: several calls of one step, each by itself and in their order, as the command of one. The step stands before it.
-- KEYS  as many for each call
-- ARGV  how many keys a call has | of each call: how many arguments, and they, or "=" for those of the call before
-- reply what each call answered, in their order; an error for one that failed, which is no other's concern
local width, at, args, replies = ARGV[1] + 0, 2, nil, {}
for first = 1, #KEYS, width do
  local count = ARGV[at]
  if count ~= "=" then
    args = { unpack(ARGV, at + 1, at + count) }
    at = at + count
  end
  at = at + 1
  -- Each has its own: a step may write to them.
  local isDone, reply = pcall(step, { unpack(KEYS, first, first + width - 1) }, { unpack(args) })
  if not isDone then
    reply = { err = tostring(reply) }
  elseif reply == nil then
    reply = false
  end
  replies[#replies + 1] = reply
end
return replies
