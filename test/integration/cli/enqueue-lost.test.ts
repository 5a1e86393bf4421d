import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, it, onTestFinished } from 'vitest'
import { openBooks } from '../../../src/main/assembly/books'
import { enqueue } from '../../../src/main/cli/books-commands'
import { configSchema } from '../../../src/shared/config'
import { temporaryFolder } from '../../support/cli'
import { freshPipeline } from '../../support/pipeline'

const row = (n: number) => `0x${String(n).padStart(40, '0')},0x${'a'.repeat(40)},base`

it('pairs that Redis acknowledged and lost again while a file was queued are not called queued', async () => {
  const [{ pipeline, inbox, redis }, folder] = [await freshPipeline(), await temporaryFolder()]
  const file = join(folder, 'pairs.csv')
  await writeFile(file, ['wallet,token,chain', row(1), row(2)].join('\n'))
  const config = configSchema.parse({})
  const books = await openBooks({ ...config, redis: { ...config.redis, url: inject('redisUrl') } }, folder, { pipeline, inbox })
  onTestFinished(() => books.close())
  const said: string[] = []
  const terminal = { out: (text: string) => said.push(text), err: (text: string) => said.push(text), isScreen: false, columns: 80 }

  const { queue } = books
  const keepIt = queue.enqueue.bind(queue)
  queue.enqueue = async (...args) => {
    const verdicts = await keepIt(...args)
    // As a power failure does, once.
    queue.enqueue = keepIt
    await redis.del(...(await redis.keys(`{sluice:${pipeline}}:*`)))
    return verdicts
  }
  expect(await enqueue(books, file, false, terminal)).toBe(1)
  expect(said.at(-1)).toMatch(/the last 1 command that it had acknowledged to this engine \(2 entries handed in\) is not in it.*Run it again: what is known is skipped$/)
  expect(await enqueue(books, file, false, terminal)).toBe(0)
  expect(await queue.audit()).toMatchObject({ enqueued: 2, ready: 2, lost: 0 })
})
