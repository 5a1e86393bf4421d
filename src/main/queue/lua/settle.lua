-- Ends the loan of pairs, each as told. A pair that is not held under its token any more is late: nothing of it changes.
-- KEYS  ready, delayed, in flight, holders, troubles, done, results, failed, failures, batches, sequences, reply
-- ARGV  request id, the most batch records to keep, how many records follow, the records as JSON, then per pair: id, token,
--       disposition, payload ('done': result as JSON; 'refused' and 'untouched': ''; 'delayed': ms; 'failed': {reason,
--       message} as JSON)
-- Returns the ids that were late. Asked again after a lost reply, it answers the same and changes nothing.
local ready, delayed, inFlight, holders, troubles, done, results, failed, failures, batches, sequences, reply = unpack(KEYS)
local request, keptBatches, records = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local CHUNK = 4000

local known = redis.call('GET', reply)
if known then
  local remembered = cmsgpack.unpack(known)
  if remembered[1] == request then return remembered[2] end
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(value) return string.format('%.0f', value) end
-- As text once: the server would spell a number anew for each pair.
local nowText = whole(now)

local function inChunks(command, key, values)
  for from = 1, #values, CHUNK do
    redis.call(command, key, unpack(values, from, math.min(from + CHUNK - 1, #values)))
  end
end

local function lookUp(hash, ids)
  local values = {}
  for from = 1, #ids, CHUNK do
    local part = redis.call('HMGET', hash, unpack(ids, from, math.min(from + CHUNK - 1, #ids)))
    for i = 1, #part do values[from + i - 1] = part[i] end
  end
  return values
end

-- Written out rather than made of functions: this loop is most of what a pair costs.
local first = 3 + records
local asked = {}
for i = 1, (#ARGV - first) / 4 do asked[i] = ARGV[first + 4 * i - 3] end
local tokens = lookUp(holders, asked)
local late, settled, seen, troubled = {}, {}, {}, {}
local doneAt, resultsOf, finished = {}, {}, 0
for n, id in ipairs(asked) do
  local at = first + 4 * n - 3
  if tokens[n] ~= ARGV[at + 1] or seen[id] then
    late[#late + 1] = id
  else
    seen[id] = true
    settled[#settled + 1] = id
    if ARGV[at + 2] == 'done' then
      doneAt[finished + 1], doneAt[finished + 2] = nowText, id
      resultsOf[finished + 1], resultsOf[finished + 2] = id, ARGV[at + 3]
      finished = finished + 2
    else
      troubled[#troubled + 1] = n
    end
  end
end

inChunks('ZREM', inFlight, settled)
inChunks('HDEL', holders, settled)
inChunks('HSET', results, resultsOf)
inChunks('ZADD', done, doneAt)

local cleared = {}
for i = 2, finished, 2 do cleared[i / 2] = doneAt[i] end

-- The pairs that did not succeed: their counts of attempts, refusals and recoveries are kept with them.
if #troubled > 0 then
  local ids = {}
  for i, n in ipairs(troubled) do ids[i] = asked[n] end
  local counts = lookUp(troubles, ids)
  local failedAt, failuresOf, dueAt, returned, counted = {}, {}, {}, {}, {}
  for i, id in ipairs(ids) do
    local at = first + 4 * troubled[i] - 3
    local to, payload = ARGV[at + 2], ARGV[at + 3]
    local attempts, refusals, recoveries = (counts[i] or '0 0 0'):match('(%d+) (%d+) (%d+)')
    if to == 'failed' then
      local failure = cjson.decode(payload)
      failure.attempts, failure.refusals, failure.recoveries = attempts + 1, tonumber(refusals), tonumber(recoveries)
      failure.failedAtMs = now
      failedAt[#failedAt + 1], failedAt[#failedAt + 2] = nowText, id
      failuresOf[#failuresOf + 1], failuresOf[#failuresOf + 2] = id, cjson.encode(failure)
      cleared[#cleared + 1] = id
    else
      if to == 'delayed' then
        attempts = whole(attempts + 1)
        dueAt[#dueAt + 1], dueAt[#dueAt + 2] = whole(now + payload), id
      else
        returned[#returned + 1] = id
      end
      if to == 'refused' then refusals = whole(refusals + 1) end
      if to ~= 'untouched' then
        counted[#counted + 1], counted[#counted + 2] = id, attempts .. ' ' .. refusals .. ' ' .. recoveries
      end
    end
  end
  inChunks('HSET', failures, failuresOf)
  inChunks('ZADD', failed, failedAt)
  inChunks('ZADD', delayed, dueAt)
  inChunks('HSET', troubles, counted)
  if #returned > 0 then
    -- Scores below all that are in line, each return in front of the one before, and in order among themselves.
    local front = redis.call('HINCRBY', sequences, 'front', #returned)
    local scored = {}
    for i, id in ipairs(returned) do scored[2 * i - 1], scored[2 * i] = whole(i - 1 - front), id end
    inChunks('ZADD', ready, scored)
  end
end
if #cleared > 0 and redis.call('EXISTS', troubles) == 1 then inChunks('HDEL', troubles, cleared) end

if records > 0 then
  redis.call('LPUSH', batches, unpack(ARGV, 4, first))
  redis.call('LTRIM', batches, 0, keptBatches - 1)
end
redis.call('SET', reply, cmsgpack.pack({ request, late }), 'PX', 600000)
return late
