-- Lets entries into the queue: from the inbox, oldest first (producers LPUSH, so the oldest is at the right end), or as
-- handed over. A pair that is known is a duplicate and is dropped; what cannot be read is kept in `rejected`.
-- KEYS  inbox, ready, pairs, done, rejected, ledger, sequences, reply
-- ARGV  request id, highest priority, head start of a priority level in µs, rules [[least volume in USD, priority], …] as
--       JSON, greatest volume first; 'inbox' and the most entries to take, or 'given', '1' to re-analyse done pairs or '0',
--       entries...
-- Returns {entries left in the inbox, verdicts}: for each entry 'enqueued', 'duplicate', or the reason of a refusal.
-- The verdicts are remembered for the request: asked again after a lost reply, it answers them again.
local inbox, ready, entriesById, done, rejected, ledger, sequences, reply = unpack(KEYS)
local request, maxPriority, headStart, rules, source = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
-- Of the name of a chain and of either address; ids are no longer than three of these and the colons between them.
local MAX_LENGTH = 128
-- No pair needs more, and whoever claims it must hold it in memory.
local MAX_ENTRY = 65536

local known = redis.call('GET', reply)
if known then
  local remembered = cmsgpack.unpack(known)
  if remembered[1] == request then return { remembered[2], remembered[3] } end
end

local entries, reanalyze = {}, false
if source == 'inbox' then
  local kind = redis.call('TYPE', inbox).ok
  if kind ~= 'list' and kind ~= 'none' then
    return redis.error_reply('The inbox "' .. inbox .. '" is not a list but a ' .. kind .. ': set [redis] inbox to the list that the producers push to')
  end
  if kind == 'list' then entries = redis.call('RPOP', inbox, ARGV[6]) or {} end
else
  reanalyze = ARGV[6] == '1'
  for i = 7, #ARGV do entries[#entries + 1] = ARGV[i] end
end
if #entries == 0 then return { 0, {} } end

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
rules = cjson.decode(rules)

local function address(value, name)
  if type(value) ~= 'string' or value == '' then return nil, name .. ' is missing or is not text' end
  if #value > MAX_LENGTH then return nil, name .. ' is longer than ' .. MAX_LENGTH .. ' characters' end
  -- Printable ASCII, without the colon: what is no UTF-8 would come back under another id than it went out with.
  if value:find('[^!-9;-~]') then return nil, name .. ' has a space, a colon or another character in it that no address has' end
  -- EVM addresses differ by case only in their checksum.
  if value:find('^0[xX]') then value = value:lower() end
  return value
end

-- As given, else by the volume of the trader, else last.
local function priorityOf(entry)
  local given = tonumber(entry.priority)
  if given and given % 1 == 0 and given >= 0 and given <= maxPriority then return given + 0 end -- no -0
  local volume = tonumber(entry.trader_volume_usd)
  for _, rule in ipairs(rules) do
    if volume and volume >= rule[1] then return rule[2] end
  end
  return 0
end

local function read(raw)
  if #raw > MAX_ENTRY then return nil, 'longer than ' .. MAX_ENTRY .. ' bytes; only its beginning is kept' end
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
  if #chain > MAX_LENGTH then return nil, 'chain is longer than ' .. MAX_LENGTH .. ' characters' end
  local id = chain:lower() .. ':' .. wallet .. ':' .. token
  return { id = id, priority = priorityOf(entry), again = reanalyze or entry.reanalyze == true }
end

local verdicts, admitted = {}, {}
local counts = { enqueued = 0, duplicates = 0 }
for i, raw in ipairs(entries) do
  local pair, problem = read(raw)
  local stored = pair and now .. ' ' .. pair.priority .. ' ' .. raw
  if not pair then
    redis.call('LPUSH', rejected, cjson.encode({ raw = raw:sub(1, MAX_ENTRY), reason = problem, atMs = tonumber(now) }))
    verdicts[i] = problem
  elseif redis.call('HSETNX', entriesById, pair.id, stored) == 1 then
    counts.enqueued = counts.enqueued + 1
    verdicts[i] = 'enqueued'
  elseif pair.again and redis.call('ZREM', done, pair.id) == 1 then
    -- Already part of the ledger: it changes its place. Its old result stays until the new one replaces it.
    redis.call('HSET', entriesById, pair.id, stored)
    verdicts[i] = 'enqueued'
  else
    counts.duplicates = counts.duplicates + 1
    verdicts[i] = 'duplicate'
  end
  if verdicts[i] == 'enqueued' then admitted[#admitted + 1] = pair end
end

-- The line: arrival in µs, each later than the one before, less the head starts of the priority.
local arrival = math.max(redis.call('HGET', sequences, 'arrival') or 0, time[1] * 1000000 + time[2])
redis.call('HSET', sequences, 'arrival', string.format('%.0f', arrival + #admitted))
local scored = {}
for i, pair in ipairs(admitted) do
  scored[2 * i - 1], scored[2 * i] = string.format('%.0f', arrival + i - pair.priority * headStart), pair.id
end
for from = 1, #scored, 4000 do
  redis.call('ZADD', ready, unpack(scored, from, math.min(from + 3999, #scored)))
end
for name, count in pairs(counts) do
  if count > 0 then redis.call('HINCRBY', ledger, name, count) end
end

local left = source == 'inbox' and redis.call('LLEN', inbox) or 0
redis.call('SET', reply, cmsgpack.pack({ request, left, verdicts }), 'PX', 600000)
return { left, verdicts }
