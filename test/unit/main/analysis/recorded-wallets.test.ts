import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPairAnalyzer, type PairAnalyzer } from '../../../../src/main/analysis/pair-analyzer'
import { PairAttempt } from '../../../../src/main/engine/pair-attempt'
import { systemClock } from '../../../../src/main/system-clock'
import { pairEntrySchema } from '../../../../src/shared/pair'
import { json, type ScriptedApi, startScriptedApi, text } from '../../../support/scripted-api'

/**
 * Real answers of mid-2025, kept beside the repository and not in it. For each token the swaps were read off the recording
 * by eye, and the figures computed from them by hand, in decimals, to the last digit that the result has:
 * realized = Σ matched quantity × (sell price − buy price), and so on.
 */
const RECORDINGS = fileURLToPath(new URL('../../../../../shared/data/birdeye/', import.meta.url))
const isHere = existsSync(RECORDINGS)

const WALLET_1 = { file: 'wallet_1.json', owner: 'HZfzxAcEyamE2eiAZVyG49To9iyfMwnJ5dYqrYrtaVV5' }
const WALLET_2 = { file: 'wallet_2.json', owner: 'H8AdmqRd42nFPqr3NwKLEz8LE12urafXcc3WBHfDzWtH' }
const WALLET_3 = { file: 'wallet_3.json', owner: '3YNHKhycm2LxNbDJjWNWBdpb2ggsiLfHrKjgpDs28vSE' }
const PAGE = { file: 'seek_by_time.page.json', owner: '5ngDQ3vMT7GHeFvXP5GLX79t6fqG2t15kyQTtst9zFdw' }

let api: ScriptedApi
let analyzer: PairAnalyzer

beforeEach(async () => {
  api = await startScriptedApi()
  analyzer = createPairAnalyzer({
    baseUrl: api.url,
    accounts: [],
    requestTimeoutMs: 30_000,
    maxTransactions: 500,
    clock: systemClock,
    onRequest: () => undefined,
    onNotice: () => undefined,
  })
})

afterEach(() => {
  analyzer.close()
  return api.close()
})

async function analyze(wallet: { file: string; owner: string }, token: string, currentPriceUsd: number | null = null) {
  const recorded = text(200, readFileSync(`${RECORDINGS}/${wallet.file}`, 'utf8'))
  const prices = json(200, { success: true, data: { [token]: currentPriceUsd && { value: currentPriceUsd } } })
  api.script = (request, response) => (request.path === '/defi/multi_price' ? prices : recorded)(request, response)
  const entry = pairEntrySchema.parse({ wallet_address: wallet.owner, token_address: token })
  const outcome = await analyzer.analyze(entry, new PairAttempt())
  if (outcome.kind !== 'succeeded') throw new Error(outcome.message)
  return outcome.result
}

describe.skipIf(!isHere)(`recorded wallets${isHere ? '' : ' (skipped: ../shared/data/birdeye is not here)'}`, () => {
  describe('one buy, all of it sold in one sell', () => {
    it.each([
      {
        wallet: WALLET_1,
        token: 'DYukUaxy4LL9RQJULstZLmPtxSp4ZNwtAWZDQK9Qpump',
        symbol: 'juul',
        match: '2865027.110298 × (0.000004833567124695375 − 0.0000071889326184378985)',
        holdSeconds: 264,
        realized: '-6.748185994232764104',
        invested: '20.596486845930166974',
        returned: '13.84830085169740287',
      },
      {
        wallet: WALLET_1,
        token: '6KQLbPfrfV8TUn9GLbvAoGuSqvzswZyrhT7pGVtmpump',
        symbol: 'GOODBYE',
        match: '199385.627198 × (0.00010653887198240412 − 0.00010078095152171048)',
        holdSeconds: 212,
        realized: '1.148046582411598518',
        invested: '20.094273228767476569',
        returned: '21.242319811179075086',
      },
      {
        wallet: WALLET_1,
        token: '5jkA2YdHXWhMcaB4kpRLZKAVJbZqtECFw6p1hA7bonk',
        symbol: 'DJT',
        match: '13658.056029 × (0.0015218952704999001 − 0.0014804900258427742)',
        holdSeconds: 19,
        realized: '0.565515151421478436',
        invested: '20.220615723336267968',
        returned: '20.786130874757746405',
      },
      {
        wallet: WALLET_1,
        token: 'DtUPqiCaVPvk77DPKC3uXo74B1bqKj11tJnX4g54pump',
        symbol: 'DOGEK',
        match: '263348.750873 × (0.00008508600692284015 − 0.00007678921032938569)',
        holdSeconds: 302,
        realized: '2.184951019133593649',
        invested: '20.222342620767790347',
        returned: '22.407293639901383996',
      },
      {
        wallet: WALLET_1,
        token: 'Au5KrDZyWeh9HTc3HgV2PBMsG7VMGbezGVTy56Dpump',
        symbol: 'MUMAN',
        match: '312106.898931 × (0.00006676856469586848 − 0.00006447379668257368)',
        holdSeconds: 165,
        realized: '0.716212928395491808',
        invested: '20.122716744905866633',
        returned: '20.838929673301358441',
      },
      {
        wallet: WALLET_1,
        token: '6nwLCiK2k6HaSzriFcVsxTC2g2iZtwLLm8TnVBZecXMN',
        symbol: 'TCRIMINAL',
        match: '31198.235274 × (0.0006430614330516056 − 0.0006383935302673937)',
        holdSeconds: 89,
        realized: '0.145630329298002509',
        invested: '19.916751554681588783',
        returned: '20.062381883979591292',
      },
      {
        wallet: WALLET_1,
        token: 'APGtbyW4SLkvGt35xXCun6b9pSRvKW8Z1gHU9EHB5XyQ',
        symbol: 'BONKSCAM',
        match: '22410.900119 × (0.001124531486629489 − 0.0008410337068827521)',
        holdSeconds: 199,
        realized: '6.353440425862381782',
        invested: '18.848322401661680157',
        returned: '25.201762827524061939',
      },
      {
        wallet: WALLET_1,
        token: '4iGAEHsFwpmpk5vFJNqB4PbxfFWsP3LkLCTxHTyNpump',
        symbol: 'Grandad',
        match: '2336519.296866 × (0.000021100515473321635 − 0.000016873166920419245)',
        holdSeconds: 418,
        realized: '9.877281468434994886',
        invested: '39.424480108800624905',
        returned: '49.301761577235619792',
      },
      {
        wallet: WALLET_2,
        token: 'BW8ejBnHKPGBZsQN6aoGdR83Vccrw41KD34ph3nfbonk',
        symbol: 'bozo',
        match: '9737.418968 × (0.0010186837506633514 − 0.0009364220983147933)',
        holdSeconds: 3834,
        realized: '0.80101617391787139',
        invested: '9.118334302184829114',
        returned: '9.919350476102700505',
      },
      {
        wallet: WALLET_2,
        token: 'GUiVKWZvtNnc273wBRLEwMBxCoPffPvhRC2ghPySwAFZ',
        symbol: 'DARWIN',
        match: '5875.818986078 × (0.013324169659360618 − 0.007448507120951936)',
        holdSeconds: 679_024,
        realized: '34.524329498968989601',
        invested: '43.766079559226567498',
        returned: '78.290409058195557099',
      },
      {
        wallet: WALLET_3,
        token: '6KQLbPfrfV8TUn9GLbvAoGuSqvzswZyrhT7pGVtmpump',
        symbol: 'GOODBYE',
        match: '340420.534723 × (0.00011920455480990825 − 0.00010990784320556488)',
        holdSeconds: 132,
        realized: '3.164791535516089225',
        invested: '37.414886754290038859',
        returned: '40.579678289806128084',
      },
      {
        wallet: WALLET_3,
        token: 'BjZ4uoYG3jEou9phZhsLXh9Ki1UXKaMBUF6DJbSTpump',
        symbol: 'SYLA',
        match: '898809.824714 × (0.000051491602651813936 − 0.00005154563649172377)',
        holdSeconds: 47,
        realized: '-0.048566146177982235',
        invested: '46.329724499897803625',
        returned: '46.28115835371982139',
      },
      {
        wallet: WALLET_3,
        token: '4XGNzBkbQrTJ7n1PdExinBw2pQmT1s2FhnTZiXnppump',
        symbol: 'WINE',
        match: '6411148.388424 × (0.000007279247614281898 − 0.000007177679281406671)',
        holdSeconds: 57,
        realized: '0.651169653627923959',
        invested: '46.017166957614713169',
        returned: '46.668336611242637129',
      },
    ])(
      '$wallet.file, $symbol: $match',
      async ({ wallet, token, symbol, holdSeconds, realized, invested, returned }) => {
        const isLoss = realized.startsWith('-')
        expect(await analyze(wallet, token)).toMatchObject({
          wallet_address: wallet.owner,
          token_symbol: symbol,
          realized_pnl_usd: realized,
          unrealized_pnl_usd: '0',
          total_pnl_usd: realized,
          invested_usd: invested,
          returned_usd: returned,
          buys: 1,
          sells: 1,
          total_trades: 1,
          winning_trades: isLoss ? 0 : 1,
          losing_trades: isLoss ? 1 : 0,
          win_rate: isLoss ? 0 : 100,
          average_hold_minutes: Math.round((holdSeconds / 60) * 1e4) / 1e4,
          remaining_quantity: '0',
          unmatched_quantity: '0',
          missing_prices: 0,
          truncated: false,
          confidence: 'high',
        })
        expect(api.seen.map(({ path }) => path)).toEqual(['/trader/txs/seek_by_time'])
      },
    )
  })

  it('wallet_1, DDN: two buys sold in one sell are two trades', async () => {
    // buy   321402.605166 at 0.00010931610499781664  (1752798718)
    // buy 17222479.429507 at 0.000005643131416574293 (1753273818)
    // sell 17543882.034673 at 0.000005613568607708341 (1753273859)
    // 321402.605166 × (0.000005613568607708341 − 0.00010931610499781664) = −33.330265358102724571 after 475141 s
    // 17222479.429507 × (0.000005613568607708341 − 0.000005643131416574293) = −0.509144867572305483 after 41 s
    expect(await analyze(WALLET_1, '73RYwb4QNLbuyFAQU3Th46Zd3CUpM4M8e6Ra8Xtqbonk')).toMatchObject({
      realized_pnl_usd: '-33.839410225675030054',
      total_pnl_usd: '-33.839410225675030054',
      invested_usd: '132.323195672853719309',
      returned_usd: '98.483785447178689255',
      total_volume_usd: '230.806981120032408564',
      total_trades: 2,
      winning_trades: 0,
      losing_trades: 2,
      win_rate: 0,
      min_hold_minutes: 0.6833,
      max_hold_minutes: 7919.0167,
      average_hold_minutes: 3959.85,
      first_trade_time: '2025-07-18T00:31:58.000Z',
      last_trade_time: '2025-07-23T12:30:59.000Z',
      transactions: 20,
    })
  })

  it('wallet_1, ANIPLUS: one buy that is still held, at a current price of 0.0012', async () => {
    // buy 19899.757322 at 0.0010248460531916415; 19899.757322 × (0.0012 − 0.0010248460531916415) = 3.485521035476830591
    const token = 'D1PkDLQ2pBRKCaWwiMt3HnYV1jA6MUxt5dFxU4DBbonk'
    expect(await analyze(WALLET_1, token, 0.0012)).toMatchObject({
      realized_pnl_usd: '0',
      unrealized_pnl_usd: '3.485521035476830591',
      total_pnl_usd: '3.485521035476830591',
      invested_usd: '20.394187750923169409',
      returned_usd: '0',
      remaining_quantity: '19899.757322',
      average_cost_usd: '0.0010248460531916415',
      current_price_usd: '0.0012',
      total_trades: 0,
      win_rate: null,
    })
  })

  it('wallet_1, ANIPLUS: without a current price the unrealized figure is empty', async () => {
    expect(await analyze(WALLET_1, 'D1PkDLQ2pBRKCaWwiMt3HnYV1jA6MUxt5dFxU4DBbonk')).toMatchObject({
      unrealized_pnl_usd: null,
      total_pnl_usd: '0',
      current_price_usd: null,
    })
  })

  it('wallet_2, SOL: what was sold before it was bought is unmatched', async () => {
    // sell 0.25        at 175.06431823690627 (1752701855): no open buy
    // buy  0.413566518 at 189.30548207046965 (1753380879)
    // sell 0.05        at 182.36668604369657 (1753469390): 0.05 × (182.36668604369657 − 189.30548207046965) = −0.346939801338654
    // buy  0.054424566 at 182.25869685580406 (1753473224)
    // remaining 0.363566518 + 0.054424566; at 190.5: 0.417991084 × 190.5 − their cost = 0.882816071225218178
    expect(await analyze(WALLET_2, 'So11111111111111111111111111111111111111112', 190.5)).toMatchObject({
      realized_pnl_usd: '-0.346939801338654',
      unrealized_pnl_usd: '0.882816071225218178',
      total_pnl_usd: '0.535876269886564178',
      invested_usd: '88.209759534298264322',
      returned_usd: '9.1183343021848285',
      total_volume_usd: '141.094173395709660322',
      buys: 2,
      sells: 2,
      total_trades: 1,
      remaining_quantity: '0.417991084',
      average_cost_usd: '188.387954779377021',
      unmatched_quantity: '0.25',
      confidence: 'low',
      confidence_reason: '0.25 tokens were sold without a known buy',
    })
  })

  it('the page of nine buys, MASHA: the token is on the base side of some and on the quote side of others', async () => {
    // 1750713714  33317.669005 at 0.016396145076963818   5580.641690 at 0.016396145076963818   (three swaps of one
    // 1750713714  23099.207657 at 0.016757976964502996                                           transaction)
    // 1750717587  37438.256807 at 0.017593576994483107  32793.937936 at 0.017423660723154082
    // 1750719816  16515.934557 at 0.017539085317567565  48809.563287 at 0.01768608112480069
    // 1750758955  50923.469695 at 0.018144416737324302  42509.983171 at 0.018077081536398636
    // together 290988.663805 for 5100.299006268778725976; at 0.015 worth 4364.829957075
    expect(await analyze(PAGE, 'mae8vJGf8Wju8Ron1oDTQVaTGGBpcpWDwoRQJALMMf2', 0.015)).toMatchObject({
      buys: 9,
      sells: 0,
      total_trades: 0,
      invested_usd: '5100.299006268778725976',
      total_volume_usd: '5100.299006268778725976',
      remaining_quantity: '290988.663805',
      average_cost_usd: '0.0175274835094147792',
      unrealized_pnl_usd: '-735.469049193778725976',
      total_pnl_usd: '-735.469049193778725976',
    })
  })
})
