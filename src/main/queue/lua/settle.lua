-- Ends the loan of pairs, each as told. A pair that is not held under its token any more is late: nothing of it changes.
-- KEYS  ready, delayed, in flight, troubles, done, results, layouts, failed, failures, batches, sequences, reply
-- ARGV  request id, tokens that a lease tells apart, the most batch records to keep; how many records follow, the records
--       as JSON; name and columns of each layout of results; then, as one list in MessagePack, runs of pairs that go the
--       same way: token, disposition, how many pairs, and id and payload of each ('done': the result; 'refused' and
--       'untouched': ''; 'delayed': ms, epoch and error with a space between; 'failed': {reason, message, epoch} as JSON, to
--       which the counts are added)
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

local function removed(ids)
  local count = 0
  for from = 1, #ids, CHUNK do
    count = count + redis.call('ZREM', inFlight, unpack(ids, from, math.min(from + CHUNK - 1, #ids)))
  end
  return count
end

-- The runs, each as far as it is held under its token. Written out rather than made of functions, with as few tables as it
-- takes: these loops are most of what a pair costs.
local runs, at = cmsgpack.unpack(ARGV[#ARGV]), 1
local fence = tonumber(redis.call('HGET', sequences, 'fence') or 0)
for i = 5 + records, #ARGV - 1, 2 do redis.call('HSETNX', layouts, ARGV[i], ARGV[i + 1]) end
local hasTroubles = redis.call('EXISTS', troubles) == 1
local late, troubled, cleared = {}, {}, {}
while at <= #runs do
  local token, to, length = runs[at], runs[at + 1], tonumber(runs[at + 2])
  local asked = {}
  for i = 1, length do asked[i] = runs[at + 2 * i + 1] end
  -- A token of so long ago that leases do not tell it from a newer one is late in any case.
  local mark = fence - token < tokensApart and token % tokensApart
  local leases = lookUp('ZMSCORE', inFlight, asked)
  -- Pairs that were lent together nearly always bear the same lease, letter for letter.
  local good, isWhole = nil, true
  for i = 1, length do
    local lease = leases[i]
    if lease ~= good or not lease then
      if lease and lease % tokensApart == mark then good = lease else isWhole = false break end
    end
  end
  -- Fewer go than were asked for when an id is named twice: its second naming is late.
  isWhole = isWhole and removed(asked) == length
  local held, payloads = asked, nil
  if not isWhole then
    local seen = {}
    held, payloads = {}, {}
    for i = 1, length do
      local id, lease = asked[i], leases[i]
      if lease and lease % tokensApart == mark and not seen[id] then
        seen[id] = true
        held[#held + 1], payloads[#payloads + 1] = id, runs[at + 2 * i + 2]
      else
        late[#late + 1] = id
      end
    end
    removed(held)
  end
  if to == 'done' then
    local doneAt = {}
    for i = 1, #held do doneAt[2 * i - 1], doneAt[2 * i] = nowText, held[i] end
    if isWhole then
      -- Ids and results stand in the list as the hash takes them.
      inChunks('HSET', results, runs, at + 3, at + 2 + 2 * length)
    else
      local resultsOf = {}
      for i = 1, #held do resultsOf[2 * i - 1], resultsOf[2 * i] = held[i], payloads[i] end
      inChunks('HSET', results, resultsOf)
    end
    inChunks('ZADD', done, doneAt)
    if hasTroubles then for i = 1, #held do cleared[#cleared + 1] = held[i] end end
  else
    for i = 1, #held do troubled[#troubled + 1] = { held[i], to, payloads and payloads[i] or runs[at + 2 * i + 2] } end
  end
  at = at + 3 + 2 * length
end

-- The pairs that did not succeed: their counts of attempts, refusals and recoveries are kept with them, and their last error.
if #troubled > 0 then
  local ids = {}
  for i, pair in ipairs(troubled) do ids[i] = pair[1] end
  local counts = lookUp('HMGET', troubles, ids)
  local failedAt, failuresOf, dueAt, returned, counted = {}, {}, {}, {}, {}
  for i, id in ipairs(ids) do
    local to, payload = troubled[i][2], troubled[i][3]
    local attempts, refusals, recoveries, last = (counts[i] or '0 0 0'):match('^(%d+) (%d+) (%d+)(.*)$')
    if to == 'failed' then
      failedAt[#failedAt + 1], failedAt[#failedAt + 2] = nowText, id
      -- Never decoded: cjson throws at texts that are JSON to others, and what throws behind a write loses pairs.
      failuresOf[#failuresOf + 1] = id
      failuresOf[#failuresOf + 1] = payload:sub(1, -2) .. string.format(
        ',"attempts":%.0f,"refusals":%s,"recoveries":%s,"failedAtMs":%s}', attempts + 1, refusals, recoveries, nowText)
      cleared[#cleared + 1] = id
    else
      if to == 'delayed' then
        local delayMs, met = payload:match('^(%d+)(.*)$')
        attempts, last = whole(attempts + 1), met or ''
        -- Without one it is due at once: to throw here would lose it.
        dueAt[#dueAt + 1], dueAt[#dueAt + 2] = whole(now + (delayMs or 0)), id
      else
        returned[#returned + 1] = id
      end
      if to == 'refused' then refusals = whole(refusals + 1) end
      if to ~= 'untouched' then
        counted[#counted + 1], counted[#counted + 2] = id, attempts .. ' ' .. refusals .. ' ' .. recoveries .. last
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
