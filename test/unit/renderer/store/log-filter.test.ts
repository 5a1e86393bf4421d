import { describe, expect, test } from 'vitest'
import { filterLog } from '../../../../src/renderer/store/log-filter'
import { line } from '../fixtures'

const log = [
  line(1, 'Processing 20 wallet-token pairs in parallel'),
  line(2, 'Lost the leases of 2 pairs', 'warn'),
  line(3, 'The queue refused a command', 'error'),
]
const seqs = (level: 'all' | 'warn' | 'error', text = '') => filterLog(log, { level, text }).map(({ seq }) => seq)

describe('the log filter', () => {
  test('lets everything through at first, as the very same list', () => {
    expect(filterLog(log, { level: 'all', text: '  ' })).toBe(log)
  })

  test('shows errors among the warnings', () => {
    expect(seqs('warn')).toEqual([2, 3])
    expect(seqs('error')).toEqual([3])
  })

  test('finds lines that have all words, in any order and case', () => {
    expect(seqs('all', 'PAIRS wallet')).toEqual([1])
    expect(seqs('all', 'pairs nothing')).toEqual([])
  })
})
