-- Takes back a retry: pairs that still wait in line, and have met nothing since, are failed again as they were.
-- KEYS  ready, failed, failures, troubles, reply
-- ARGV  request id; of each pair: id, ms time at which it failed, its failure as JSON; at most a thousand pairs
-- Returns how many are failed again. Asked again after a lost reply, it answers the same and changes nothing.
local ready, failed, failures, troubles, reply = unpack(KEYS)
local request = ARGV[1]

return once(reply, request, function()
  local back = 0
  for i = 2, #ARGV, 3 do
    local id = ARGV[i]
    if redis.call('HEXISTS', troubles, id) == 0 and redis.call('ZREM', ready, id) == 1 then
      redis.call('HSET', failures, id, ARGV[i + 2])
      redis.call('ZADD', failed, ARGV[i + 1], id)
      back = back + 1
    end
  end
  return back
end)
