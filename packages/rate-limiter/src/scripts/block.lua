-- block: refuses a caller for a time, whatever it has taken.
-- KEYS  state (string)
-- ARGV  now in ms or "" | for how many ms
-- reply 1 done, 3 the state can't be read, and nothing was written
-- clock the server's, held where it steps back
local FIRST, WIDTH = 3, 1
{{others}}
blocked = at + ARGV[2]
{{write}}
return { 1 }
