import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ScratchFolder } from '../support/scratch-folder'

const folder = new ScratchFolder()
afterAll(() => folder.remove())

/** Runs .ci/run where `npm test` prints and answers this, and every check passes unless it is named. */
function ciRun({ prints, status, failing = 'none' }: { prints: string; status: number; failing?: string }) {
  const npm = `#!/bin/sh\n[ "$1" = test ] && { echo '${prints}'; exit ${status}; }\n[ "$3" != ${failing} ]\n`
  // Those that it would install if they were not there.
  for (const [name, text] of Object.entries({ npm, 'redis-server': '', chromium: '' })) chmodSync(folder.write(name, text), 0o755)
  const script = resolve(import.meta.dirname, '../../.ci/run')
  const ran = spawnSync('bash', [script], { env: { PATH: `${folder.path}:${process.env['PATH']}` }, encoding: 'utf8' })
  return { last: ran.stdout.trim().split('\n').at(-1), status: ran.status }
}

describe.skipIf(process.platform === 'win32')('.ci/run (a script of bash)', () => {
  it('counts the checks with the tests', () => {
    expect(ciRun({ prints: '5 passed, 0 failed, 2 skipped', status: 0 })).toEqual({ last: '8 passed, 0 failed, 2 skipped', status: 0 })
  })

  it('counts a failure when the tests ended badly although none was counted as failed', () => {
    expect(ciRun({ prints: '5 passed, 0 failed', status: 1 })).toEqual({ last: '8 passed, 1 failed', status: 1 })
  })

  it('counts a failure when the tests counted nothing', () => {
    expect(ciRun({ prints: 'Segmentation fault', status: 139 })).toEqual({ last: '3 passed, 1 failed', status: 1 })
  })

  it('counts a check that fails, beside the tests', () => {
    expect(ciRun({ prints: '5 passed, 2 failed', status: 1, failing: 'lint' })).toEqual({ last: '7 passed, 3 failed', status: 1 })
  })
})
