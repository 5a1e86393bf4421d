-- Takes failed pairs out of the books for good: they may be handed in again as new ones. Ids that are not failed are passed over.
-- KEYS  failed, failures, troubles, pairs, results, ledger
-- ARGV  ids, at most a few thousand
-- Returns how many were taken out.
local failed, failures, troubles, pairs, results, ledger = unpack(KEYS)
local discarded = 0
for _, id in ipairs(ARGV) do
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
