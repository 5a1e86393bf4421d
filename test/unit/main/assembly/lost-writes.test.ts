import { expect, it } from 'vitest'
import { lostWrites } from '../../../../src/main/assembly/lost-writes'

it('writes that Redis lost are told: what is gone, what comes back by itself, what to do, and how to rule it out', () => {
  const text = lostWrites({ commands: 3, pairs: { settle: 20, claim: 1, admit: 1 } })
  expect(text).toContain('the last 3 commands that it had acknowledged to this engine (20 pairs settled, 1 pair lent, 1 entry handed in) are not in it')
  expect(text).toContain('worked again')
  expect(text).toContain('must be handed in again')
  expect(text).toContain('appendfsync always')
})

it('where only tokens tell that writes are lost, the message claims to know no more', () => {
  expect(lostWrites({ commands: 1, pairs: { settle: 0, claim: 0, admit: 0 } })).toContain('the last 1 command that it had acknowledged to this engine is not in it')
})
