-- Ends the loan of pairs, each as told. A pair that is not held under its token any more is late: nothing of it changes.
-- KEYS  ready, delayed, in flight, troubles, done, results, layouts, failed, failures, batches, sequences, reply
-- ARGV  request id, tokens that a lease tells apart, the most batch records to keep; how many records follow, the records
--       as JSON; how many layouts of results follow, name and columns of each; then runs of pairs that go the same way:
--       token, disposition, how many pairs, and id and payload of each ('done': the result; 'refused' and 'untouched': '';
--       'delayed': ms; 'failed': {reason, message} as JSON)
-- Returns the ids that were late. Asked again after a lost reply, it answers the same and changes nothing.
local ready, delayed, inFlight, troubles, done, results, layouts, failed, failures, batches, sequences,
  reply = unpack(KEYS)
local request, tokensApart, keptBatches, records = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
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

local function inChunks(command, key, values, first, last)
  last = last or #values
  for from = first or 1, last, CHUNK do
    redis.call(command, key, unpack(values, from, math.min(from + CHUNK - 1, last)))
  end
end

local function lookUp(command, key, ids)
  if #ids <= CHUNK then return redis.call(command, key, unpack(ids)) end
  local values = {}
  for from = 1, #ids, CHUNK do
    local part = redis.call(command, key, unpack(ids, from, math.min(from + CHUNK - 1, #ids)))
    for i = 1, #part do values[from + i - 1] = part[i] end
  end
  return values
end

-- The runs, each as far as it is held under its token. Written out rather than made of functions: these loops are most of
-- what a pair costs.
local firstLayout = 6 + records
local fence = tonumber(redis.call('HGET', sequences, 'fence') or 0)
local at = firstLayout + 2 * tonumber(ARGV[firstLayout - 1])
for i = firstLayout, at - 2, 2 do redis.call('HSETNX', layouts, ARGV[i], ARGV[i + 1]) end
local late, settled, seen, troubled, doneAt = {}, {}, {}, {}, {}
local held, finished = 0, 0
while at <= #ARGV do
  local token, to, length = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  local asked = {}
  for i = 1, length do asked[i] = ARGV[at + 2 * i + 1] end
  -- A token of so long ago that leases do not tell it from a newer one is late in any case.
  local mark = fence - token < tokensApart and token % tokensApart
  local leases = lookUp('ZMSCORE', inFlight, asked)
  local heldBefore = held
  for i = 1, length do
    local id, lease = asked[i], leases[i]
    if not lease or lease % tokensApart ~= mark or seen[id] then
      late[#late + 1] = id
    else
      seen[id] = true
      held = held + 1
      settled[held] = id
      if to == 'done' then
        doneAt[finished + 1], doneAt[finished + 2] = nowText, id
        finished = finished + 2
      else
        troubled[#troubled + 1] = { id, to, ARGV[at + 2 * i + 2] }
      end
    end
  end
  if to == 'done' and held - heldBefore == length then
    -- Ids and results stand in the arguments as the hash takes them.
    inChunks('HSET', results, ARGV, at + 3, at + 2 + 2 * length)
  elseif to == 'done' then
    local isHeld, resultsOf = {}, {}
    for i = heldBefore + 1, held do isHeld[settled[i]] = true end
    for i = 1, length do
      if isHeld[asked[i]] then
        resultsOf[#resultsOf + 1], resultsOf[#resultsOf + 2] = asked[i], ARGV[at + 2 * i + 2]
        isHeld[asked[i]] = nil
      end
    end
    inChunks('HSET', results, resultsOf)
  end
  at = at + 3 + 2 * length
end

inChunks('ZREM', inFlight, settled)
inChunks('ZADD', done, doneAt)

local cleared = {}
if redis.call('EXISTS', troubles) == 1 then
  for i = 2, finished, 2 do cleared[i / 2] = doneAt[i] end
end

-- The pairs that did not succeed: their counts of attempts, refusals and recoveries are kept with them.
if #troubled > 0 then
  local ids = {}
  for i, pair in ipairs(troubled) do ids[i] = pair[1] end
  local counts = lookUp('HMGET', troubles, ids)
  local failedAt, failuresOf, dueAt, returned, counted = {}, {}, {}, {}, {}
  for i, id in ipairs(ids) do
    local to, payload = troubled[i][2], troubled[i][3]
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
if #cleared > 0 then inChunks('HDEL', troubles, cleared) end

if records > 0 then
  redis.call('LPUSH', batches, unpack(ARGV, 5, 4 + records))
  redis.call('LTRIM', batches, 0, keptBatches - 1)
end
redis.call('SET', reply, cmsgpack.pack({ request, late }), 'PX', 600000)
return late
