import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type Simulator } from '../../../src/main/simulator/simulator'
import { mintWallet } from '../../../src/main/simulator/wallets'

const RECORDINGS = fileURLToPath(new URL('../../../../shared/data/birdeye/', import.meta.url))
const areHere = existsSync(RECORDINGS)

/** JSON text without the white space between its parts; every other character as it was. */
function compact(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')
}

describe.skipIf(!areHere)(`replay${areHere ? '' : ' (skipped: ../shared/data/birdeye is not here)'}`, () => {
  let simulator: Simulator

  beforeAll(async () => {
    simulator = await startSimulator({ latencyMs: 0, replay: RECORDINGS })
  })

  afterAll(() => simulator.close())

  async function get(path: string): Promise<string> {
    return (await fetch(simulator.url + path)).text()
  }

  it('answers each recording character for character', async () => {
    const files = (await readdir(RECORDINGS)).filter((name) => name.endsWith('.json'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const recorded = await readFile(`${RECORDINGS}/${file}`, 'utf8')
      const wallet: string = JSON.parse(recorded).data.items[0].owner
      const now = Math.floor(Date.now() / 1000)
      const served = await get(`/trader/txs/seek_by_time?address=${wallet}&limit=100&before_time=${now}&tx_type=swap`)
      expect(served).toBe(compact(recorded))
    }
    expect(simulator.notes).toEqual([])
  })

  it('pages through a recording', async () => {
    const recorded = JSON.parse(await readFile(`${RECORDINGS}/wallet_1.json`, 'utf8')).data.items
    const path = `/trader/txs/seek_by_time?address=${recorded[0].owner}`
    const page = JSON.parse(await get(`${path}&offset=18&limit=1`)).data
    expect(page).toEqual({ items: [recorded[18]], has_next: true })
    expect(JSON.parse(await get(`${path}&offset=18&limit=5`)).data).toEqual({ items: recorded.slice(18), has_next: false })
    const before = recorded[10].block_unix_time
    const older = recorded.filter((item: { block_unix_time: number }) => item.block_unix_time < before)
    expect(JSON.parse(await get(`${path}&before_time=${before}&limit=100`)).data.items).toEqual(older)
  })

  it('has an empty history for a wallet that was not recorded, and no price for any token', async () => {
    const wallet = mintWallet(1, 1, 1)
    const token = 'So11111111111111111111111111111111111111112'
    const page = JSON.parse(await get(`/trader/txs/seek_by_time?address=${wallet}`)).data
    expect(page).toEqual({ items: [], has_next: false })
    expect(JSON.parse(await get(`/defi/price?address=${token}`))).toEqual({ success: true, data: null })
    const prices = JSON.parse(await get(`/defi/multi_price?list_address=${token},${wallet}`)).data
    expect(prices).toEqual({ [token]: null, [wallet]: null })
    expect(JSON.parse(await get('/defi/token_trending')).data.tokens).toEqual([])
  })
})

describe('a replay of a folder without recordings', () => {
  it('does not start, and names the folder', async () => {
    const folder = fileURLToPath(new URL('.', import.meta.url))
    await expect(startSimulator({ replay: folder })).rejects.toThrow(`the folder ${folder} holds no *.json file`)
  })
})
