-- Lays out the next permits of an account, and passes on what was answered to earlier ones.
-- Slots are spaced evenly as the plan says (pace.ts has the same law in TypeScript), by the server's clock.
-- KEYS  state (hash: plan and lanes), answers (list), engines (sorted set by when they last asked)
-- ARGV  owner, most permits, horizon in ms, ms that the leader's office lasts, group ('' for none), its interval in ms,
--       then the answers as JSON texts
-- Returns {server time in ms, 1 if the owner leads or else 0, stamp of the plan (0: there is none yet),
--   ms time of the slot after these, times of the slots, 1 for each slot that belongs to a train,
--   the answers of all owners if this one leads, knowledge as JSON or '', reason of the plan in words,
--   ms between permits by the plan, engines that have asked for permits of late, an operator's word on the quota as JSON or ''}.
local state, answers, engines = KEYS[1], KEYS[2], KEYS[3]
local owner, count, horizonMs, officeMs = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local group, groupIntervalMs = ARGV[5], tonumber(ARGV[6])
local KEPT_ANSWERS, KEPT_SECONDS, LATELY_MS = 20000, 60 * 24 * 3600, 3000

local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local function text(value) return string.format('%.3f', value) end

local fields = redis.call('HMGET', state, 'leader', 'leaderUntil', 'stamp', 'intervalMs', 'heldUntilMs', 'trainRequests',
  'trainIntervalMs', 'lastMs', 'laneStamp', 'trainLeft', 'knowledge', 'why', 'group:' .. group, 'told')
local leader, leaderUntil = fields[1], tonumber(fields[2] or 0)
local stamp, intervalMs, heldUntilMs = fields[3], tonumber(fields[4] or 0), tonumber(fields[5] or 0)
local lastMs, trainLeft = tonumber(fields[8] or 0), tonumber(fields[10] or 0)
local trainIntervalMs = tonumber(fields[7] or 0)
local groupLastMs = tonumber(fields[13] or 0)

for i = 7, #ARGV do redis.call('RPUSH', answers, ARGV[i]) end
if #ARGV >= 7 then redis.call('LTRIM', answers, -KEPT_ANSWERS, -1) end

if count > 0 then
  redis.call('ZADD', engines, text(now), owner)
  redis.call('ZREMRANGEBYSCORE', engines, '-inf', text(now - LATELY_MS))
  redis.call('PEXPIRE', engines, LATELY_MS)
end
local sharers = math.max(1, redis.call('ZCARD', engines))

-- What lies further ahead than anything is laid out or an office lasts was written before the server's clock was set back.
if lastMs > now + horizonMs then lastMs = 0 end
if groupLastMs > now + horizonMs then groupLastMs = 0 end
local leads = leader == owner or not leader or leaderUntil < now or leaderUntil > now + officeMs
local heard = {}
if leads then
  redis.call('HSET', state, 'leader', owner, 'leaderUntil', text(now + officeMs))
  redis.call('EXPIRE', state, KEPT_SECONDS)
  heard = redis.call('LRANGE', answers, 0, -1)
  redis.call('DEL', answers)
end
if not stamp then
  return { text(now), leads and 1 or 0, 0, text(now), {}, {}, heard, fields[11] or '', '', '0', sharers, fields[14] or '' }
end

if fields[9] ~= stamp then trainLeft = tonumber(fields[6] or 0) end
local slots, trains, nextMs = {}, {}, now
while true do
  local inTrain = trainLeft > 0
  nextMs = math.max(now, heldUntilMs, lastMs + (inTrain and trainIntervalMs or intervalMs))
  if group ~= '' then nextMs = math.max(nextMs, groupLastMs + groupIntervalMs) end
  if #slots == count or nextMs > now + horizonMs then break end
  slots[#slots + 1] = text(nextMs)
  trains[#trains + 1] = inTrain and 1 or 0
  lastMs, groupLastMs = nextMs, nextMs
  if inTrain then trainLeft = trainLeft - 1 end
end
if #slots > 0 then
  redis.call('HSET', state, 'lastMs', text(lastMs), 'laneStamp', stamp, 'trainLeft', trainLeft)
  if group ~= '' then redis.call('HSET', state, 'group:' .. group, text(groupLastMs)) end
end
return { text(now), leads and 1 or 0, tonumber(stamp), text(nextMs), slots, trains, heard, fields[11] or '', fields[12] or '', fields[4],
  sharers, fields[14] or '' }
