-- Takes failed pairs out of the books for good: they may be handed in again as new ones. Ids that are not failed are passed over.
-- KEYS  failed, failures, troubles, pairs, results, ledger, reply
-- ARGV  request id, then ids, at most a few thousand
-- Returns how many were taken out. Asked again after a lost reply, it answers the same and changes nothing.
local failed, failures, troubles, pairs, results, ledger, reply = unpack(KEYS)
local request = ARGV[1]

return once(reply, request, function()
  local discarded = 0
  for i = 2, #ARGV do
    local id = ARGV[i]
    if redis.call('ZREM', failed, id) == 1 then
      redis.call('HDEL', failures, id)
      redis.call('HDEL', troubles, id)
      redis.call('HDEL', pairs, id)
      -- Of an analysis before the one that failed.
      redis.call('HDEL', results, id)
      discarded = discarded + 1
    end
  end
  if discarded > 0 then redis.call('HINCRBY', ledger, 'discarded', discarded) end
  return discarded
end)
