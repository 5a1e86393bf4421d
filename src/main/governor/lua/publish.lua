-- The leader makes a plan known, and with it what it knows of the quota. A plan of somebody who leads no more is dropped, and
-- one that was made before an operator's last word on the quota was heard.
-- KEYS  state
-- ARGV  owner, stamp, interval in ms, ms time before which there is no slot, requests of the train, their interval in ms,
--       knowledge as JSON, reason in words, the operator's word that it was made under or ''
-- Returns 1 if it was taken over, else 0.
local state = KEYS[1]
if redis.call('HGET', state, 'leader') ~= ARGV[1] then return 0 end
if (redis.call('HGET', state, 'told') or '') ~= ARGV[9] then return 0 end
if tonumber(ARGV[2]) <= tonumber(redis.call('HGET', state, 'stamp') or 0) then return 0 end
redis.call('HSET', state, 'stamp', ARGV[2], 'intervalMs', ARGV[3], 'heldUntilMs', ARGV[4], 'trainRequests', ARGV[5],
  'trainIntervalMs', ARGV[6], 'knowledge', ARGV[7], 'why', ARGV[8])
return 1
