-- Ends the loan of pairs, each as told. A pair that is not held under its token any more is late: nothing of it changes.
-- KEYS  ready, delayed, in flight, holders, attempts, refusals, recoveries, done, results, failed, failures, batches,
--       sequences, reply
-- ARGV  request id, batch record as JSON or '', the most batch records to keep, then per pair: id, token, disposition,
--       payload ('done': result as JSON; 'refused' and 'untouched': ''; 'delayed': ms; 'failed': {reason, message} as JSON)
-- Returns the ids that were late. Asked again after a lost reply, it answers the same and changes nothing.
local ready, delayed, inFlight, holders, attempts, refusals, recoveries, done, results, failed, failures, batches,
  sequences, reply = unpack(KEYS)
local request, batch, keptBatches = ARGV[1], ARGV[2], tonumber(ARGV[3])
local CHUNK = 4000

local known = redis.call('GET', reply)
if known then
  local remembered = cmsgpack.unpack(known)
  if remembered[1] == request then return remembered[2] end
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function ms(value) return string.format('%.0f', value) end

local function inChunks(command, key, values)
  for from = 1, #values, CHUNK do
    redis.call(command, key, unpack(values, from, math.min(from + CHUNK - 1, #values)))
  end
end

local function append(list, ...)
  for _, value in ipairs({ ... }) do list[#list + 1] = value end
end

local asked = {}
for i = 4, #ARGV, 4 do asked[#asked + 1] = ARGV[i] end
local tokens = {}
for from = 1, #asked, CHUNK do
  local part = redis.call('HMGET', holders, unpack(asked, from, math.min(from + CHUNK - 1, #asked)))
  for i = 1, #part do tokens[from + i - 1] = part[i] end
end

local late, settled, finished, seen = {}, {}, {}, {}
local doneAt, resultsOf, failedAt, failuresOf, dueAt, returned = {}, {}, {}, {}, {}, {}
for n, id in ipairs(asked) do
  local at = 4 * n
  local token, to, payload = ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  if tokens[n] ~= token or seen[id] then
    late[#late + 1] = id
  else
    seen[id] = true
    settled[#settled + 1] = id
    if to == 'done' then
      append(doneAt, ms(now), id)
      append(resultsOf, id, payload)
      finished[#finished + 1] = id
    elseif to == 'failed' then
      local failure = cjson.decode(payload)
      failure.attempts = tonumber(redis.call('HGET', attempts, id) or 0) + 1
      failure.refusals = tonumber(redis.call('HGET', refusals, id) or 0)
      failure.recoveries = tonumber(redis.call('HGET', recoveries, id) or 0)
      failure.failedAtMs = now
      append(failedAt, ms(now), id)
      append(failuresOf, id, cjson.encode(failure))
      finished[#finished + 1] = id
    elseif to == 'delayed' then
      redis.call('HINCRBY', attempts, id, 1)
      append(dueAt, ms(now + payload), id)
    else
      if to == 'refused' then redis.call('HINCRBY', refusals, id, 1) end
      returned[#returned + 1] = id
    end
  end
end

inChunks('ZREM', inFlight, settled)
inChunks('HDEL', holders, settled)
inChunks('HDEL', attempts, finished)
inChunks('HDEL', refusals, finished)
inChunks('HDEL', recoveries, finished)
inChunks('HSET', results, resultsOf)
inChunks('ZADD', done, doneAt)
inChunks('HSET', failures, failuresOf)
inChunks('ZADD', failed, failedAt)
inChunks('ZADD', delayed, dueAt)

if #returned > 0 then
  -- Scores below every band, each return in front of the one before, and in order among themselves.
  local front = redis.call('HINCRBY', sequences, 'front', #returned)
  local scored = {}
  for i, id in ipairs(returned) do append(scored, ms(i - 1 - front), id) end
  inChunks('ZADD', ready, scored)
end

if batch ~= '' then
  redis.call('LPUSH', batches, batch)
  redis.call('LTRIM', batches, 0, keptBatches - 1)
end
redis.call('SET', reply, cmsgpack.pack({ request, late }), 'PX', 600000)
return late
