-- An operator's word on an account's quota, for all engines, in place of what the settings say; '' takes it back.
-- The plan in force is slowed down at once to what the word allows, and its train ended: the leader makes a new plan with its
-- next look, and what it makes before it has seen the word is dropped (publish.lua).
-- KEYS  state
-- ARGV  the word as JSON, or ''; the least ms between permits that it allows, 0 where it bounds nothing
-- Returns 1 if it changed, else 0.
local state, word, leastMs = KEYS[1], ARGV[1], tonumber(ARGV[2])
local KEPT_SECONDS = 60 * 24 * 3600
local fields = redis.call('HMGET', state, 'told', 'stamp', 'intervalMs', 'knowledge', 'learned')
if (fields[1] or '') == word then return 0 end
if word == '' then redis.call('HDEL', state, 'told') else redis.call('HSET', state, 'told', word) end

-- What was learned is what learning begins with when it is asked for again.
local knowledge, learned = fields[4], fields[5]
if knowledge and not string.find(knowledge, '"configured"', 1, true) then
  redis.call('HSET', state, 'learned', knowledge)
elseif learned then
  redis.call('HSET', state, 'knowledge', learned)
end

if fields[2] then
  local intervalMs = math.max(tonumber(fields[3] or 0), leastMs)
  redis.call('HSET', state, 'stamp', string.format('%.0f', tonumber(fields[2]) + 1), 'intervalMs', intervalMs, 'trainRequests', 0)
end
redis.call('EXPIRE', state, KEPT_SECONDS)
return 1
