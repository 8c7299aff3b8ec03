-- count-slots: how many hold a slot and how many wait.
-- KEYS  state (string)
-- ARGV  now in ms or ""
-- reply 1, held, waiting; or 3 alone: the state can't be read
-- clock the server's, held where it steps back
return { 1, #held / WIDTH, #queue / WIDTH }
