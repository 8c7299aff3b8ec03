-- refund: gives back what one spending took, in each window where it still counts.
-- KEYS  state (string)
-- ARGV  now in ms or "" | cost | born of the state it was taken from | when it was taken (from born) | cells | of each window: name, limit, window in ms; for gcra burst too
-- reply 1 the state is the one it was taken from, 0 it is another; 3 it can't be read, and nothing was written
-- clock the server's, held where it steps back
for index = 6, #ARGV, ARGUMENTS do
  local window = open(ARGV[index], ARGV[index + 1], ARGV[index + 2])
  if window.expires > 0 then
    settle(window)
    if born == ARGV[3] then refund(window, ARGV[2] + 0, ARGV[4] + 0) end
  end
end
if not readOthers() then return { 3 } end
if born ~= ARGV[3] then return { 0 } end
save()
return { 1 }
