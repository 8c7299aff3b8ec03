-- count-commands: runs the script before it and counts its commands. On Redis, TIME and INFO are commands, too.
-- reply the script's own, and one more item: the count, or -1 - count if the reply is a single value.
--       An error stays an error, without a count
-- clock none
local count, call, pcall = 0, redis.call, redis.pcall
-- If a command fails, the server names one of these lines, after the script's last, because the call comes from here.
local counting = {
  call = function(...)
    count = count + 1
    return call(...)
  end,
  pcall = function(...)
    count = count + 1
    return pcall(...)
  end,
}
local reply = script(setmetatable(counting, { __index = redis }))
if type(reply) ~= "table" or reply.ok then return { reply or false, -1 - count } end
if reply.err then return reply end
-- Redis ends an array at its first nil, so this loop does, too; `#` may end at any of them.
local length = 0
while reply[length + 1] ~= nil do length = length + 1 end
reply[length + 1], reply[length + 2] = count, nil
return reply
