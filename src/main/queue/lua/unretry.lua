-- Takes back a retry: pairs that still wait in line, and have met nothing since, are failed again as they were.
-- KEYS  ready, failed, failures, troubles
-- ARGV  of each pair: id, ms time at which it failed, its failure as JSON; at most a thousand pairs
-- Returns how many are failed again.
local ready, failed, failures, troubles = unpack(KEYS)

local back = 0
for i = 1, #ARGV, 3 do
  local id = ARGV[i]
  if redis.call('HEXISTS', troubles, id) == 0 and redis.call('ZREM', ready, id) == 1 then
    redis.call('HSET', failures, id, ARGV[i + 2])
    redis.call('ZADD', failed, ARGV[i + 1], id)
    back = back + 1
  end
end
return back
