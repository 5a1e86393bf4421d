import { afterAll, describe, expect, it } from 'vitest'
import { isRedisConfigured, needsRedis } from '../../../../scripts/setup/redis.mjs'
import { ScratchFolder } from '../../../support/scratch-folder'

const folder = new ScratchFolder()
afterAll(() => folder.remove())

describe('a Redis is configured', () => {
  const withUrl = folder.write('with.toml', '\uFEFF[redis]\nurl = "redis://127.0.0.1:6379"\n')
  const withoutUrl = folder.write('without.toml', '[redis]\npipeline = "other"\n[system]\npnl_parallel_batch_size = 15\n')
  const broken = folder.write('broken.toml', '[redis\n')

  it.each([
    ['by a flag', ['--redis', 'redis://localhost'], {}, true],
    ['by a flag with =', ['work', '--redis=redis://localhost'], {}, true],
    ['by the environment', [], { SLUICE_REDIS_URL: 'redis://localhost' }, true],
    ['by a settings file that names one', ['--config', withUrl], {}, true],
    ['not by a settings file that names none', ['--config', withoutUrl, '--autostart'], {}, false],
    ['not by a settings file that names none, with =', [`--config=${withoutUrl}`], {}, false],
    ['perhaps by a file that cannot be read, which the app explains', ['--config', broken], {}, true],
    ['perhaps by a file that is not there', ['--config', folder.at('nowhere.toml')], {}, true],
    ['not by nothing', ['--autostart'], {}, false],
  ])('%s', async (_how, args, env, expected) => {
    expect(await isRedisConfigured(args, env)).toBe(expected)
  })
})

describe('a Redis is needed', () => {
  it.each([
    [['work', '--until-empty'], true],
    [['enqueue', 'pairs.csv'], true],
    [['demo'], true],
    [['simulate', '--port', '8080'], false],
    [['discover', '--dry-run'], false],
    [['status', '--help'], false],
    [['help', 'work'], false],
    [['--version'], false],
    [[], false],
  ])('by %j: %s', (args, expected) => {
    expect(needsRedis(args)).toBe(expected)
  })
})
