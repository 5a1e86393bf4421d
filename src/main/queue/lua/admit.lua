-- Lets entries into the queue: from the inbox, oldest first (producers LPUSH, so the oldest is at the right end), or as
-- handed over. A pair that is known is a duplicate and is dropped; what cannot be read is kept in `rejected`.
-- KEYS  inbox, ready, pairs, done, rejected, ledger, sequences, reply
-- ARGV  request id; 'inbox' and the most entries to take, or 'given', '1' to re-analyse done pairs or '0', entries...
-- Returns {entries left in the inbox, verdicts}: for each entry 'enqueued', 'duplicate', or the reason of a refusal.
-- The verdicts are remembered for the request: asked again after a lost reply, it answers them again.
local inbox, ready, entriesById, done, rejected, ledger, sequences, reply = unpack(KEYS)
local request, source = ARGV[1], ARGV[2]
local BAND, MAX_PRIORITY, MAX_LENGTH = 1e13, 9, 128

local known = redis.call('GET', reply)
if known then
  local remembered = cmsgpack.unpack(known)
  if remembered[1] == request then return { remembered[2], remembered[3] } end
end

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))

local entries, reanalyze = {}, false
if source == 'inbox' then
  local kind = redis.call('TYPE', inbox).ok
  if kind ~= 'list' and kind ~= 'none' then
    return redis.error_reply('The inbox "' .. inbox .. '" is not a list but a ' .. kind .. ': set [redis] inbox to the list that the producers push to')
  end
  if kind == 'list' then entries = redis.call('RPOP', inbox, ARGV[3]) or {} end
else
  reanalyze = ARGV[3] == '1'
  for i = 4, #ARGV do entries[#entries + 1] = ARGV[i] end
end

local function address(value, name)
  if type(value) ~= 'string' or value == '' then return nil, name .. ' is missing or is not text' end
  if #value > MAX_LENGTH then return nil, name .. ' is longer than ' .. MAX_LENGTH .. ' characters' end
  if value:find('[%s%c:]') then return nil, name .. ' has a space, a colon or a control character in it' end
  -- EVM addresses differ by case only in their checksum.
  if value:find('^0[xX]') then value = value:lower() end
  return value
end

local function read(raw)
  local ok, entry = pcall(cjson.decode, raw)
  if not ok then return nil, 'not JSON' end
  if type(entry) ~= 'table' then return nil, 'not a JSON object' end
  local wallet, walletProblem = address(entry.wallet_address, 'wallet_address')
  if not wallet then return nil, walletProblem end
  local token, tokenProblem = address(entry.token_address, 'token_address')
  if not token then return nil, tokenProblem end
  local chain = entry.chain
  if chain == nil or chain == cjson.null then chain = 'solana' end
  if type(chain) ~= 'string' or not chain:lower():find('^[a-z0-9-]+$') then
    return nil, 'chain is not a name made of letters, digits and hyphens'
  end
  local priority = tonumber(entry.priority) or 0
  if priority % 1 ~= 0 or priority < 0 or priority > MAX_PRIORITY then priority = 0 end
  local id = chain:lower() .. ':' .. wallet .. ':' .. token
  return { id = id, priority = priority, again = reanalyze or entry.reanalyze == true }
end

local verdicts, scored = {}, {}
local counts = { enqueued = 0, duplicates = 0 }
local arrival = redis.call('HINCRBY', sequences, 'arrival', #entries) - #entries
for i, raw in ipairs(entries) do
  local pair, problem = read(raw)
  if not pair then
    redis.call('LPUSH', rejected, cjson.encode({ raw = raw, reason = problem, atMs = tonumber(now) }))
    verdicts[i] = problem
  elseif redis.call('HSETNX', entriesById, pair.id, now .. ' ' .. raw) == 1 then
    counts.enqueued = counts.enqueued + 1
    verdicts[i] = 'enqueued'
  elseif pair.again and redis.call('ZREM', done, pair.id) == 1 then
    -- Already part of the ledger: it changes its place. Its old result stays until the new one replaces it.
    redis.call('HSET', entriesById, pair.id, now .. ' ' .. raw)
    verdicts[i] = 'enqueued'
  else
    counts.duplicates = counts.duplicates + 1
    verdicts[i] = 'duplicate'
  end
  if verdicts[i] == 'enqueued' then
    scored[#scored + 1] = string.format('%.0f', (MAX_PRIORITY - pair.priority) * BAND + arrival + i)
    scored[#scored + 1] = pair.id
  end
end
for from = 1, #scored, 4000 do
  redis.call('ZADD', ready, unpack(scored, from, math.min(from + 3999, #scored)))
end
for name, count in pairs(counts) do
  if count > 0 then redis.call('HINCRBY', ledger, name, count) end
end

local left = source == 'inbox' and redis.call('LLEN', inbox) or 0
if #entries > 0 then redis.call('SET', reply, cmsgpack.pack({ request, left, verdicts }), 'PX', 600000) end
return { left, verdicts }
