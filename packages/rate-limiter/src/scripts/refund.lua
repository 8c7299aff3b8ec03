-- refund: gives back what one spending took, in each window in which it still counts, as if it had taken less.
-- KEYS  state (string)
-- ARGV  now in ms or "" | cost | how much was taken in all | born of the state it was taken from | when it was taken (from born)
--       | cells | for each window: name, limit, window in ms; for gcra burst too
-- reply 1 the state is the one it was taken from, 0 it is another; 3 it can't be read, and nothing was written
-- clock the server's, held where it steps back
local FIRST, cost, taken, takenAt = 7, ARGV[2] + 0, ARGV[3] + 0, ARGV[5] + 0
for index = FIRST, #ARGV, WIDTH do
  {{open}}
  if expires > 0 then
    {{refund}}
  end
  {{keep}}
end
{{others}}
if born ~= ARGV[4] then return { 0 } end
{{write}}
return { 1 }
