-- refund: gives back what one spending took, in each window where it still counts.
-- KEYS  state (string)
-- ARGV  now in ms or "" | cost | born of the state it was taken from | when it was taken (from born) | cells | of each window: name, limit, window in ms; for gcra burst too
-- reply 1 the state is the one it was taken from, 0 it is another; 3 it can't be read, and nothing was written
-- clock the server's, held where it steps back
local FIRST, cost, spentAt = 6, ARGV[2] + 0, ARGV[4] + 0
for index = FIRST, #ARGV, WIDTH do
  {{open}}
  if expires > 0 then
    {{settle}}
    if born == ARGV[3] then
      {{refund}}
    end
  end
  {{keep}}
end
{{others}}
if born ~= ARGV[3] then return { 0 } end
{{write}}
return { 1 }
