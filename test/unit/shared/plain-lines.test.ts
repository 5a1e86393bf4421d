import { expect, it } from 'vitest'
import { plainLines } from '../../../src/shared/plain-lines'

it('nothing that is printed moves the cursor, sets the title or hides what was printed before', () => {
  expect(plainLines('\u001b]0;title\u0007 a\r\u009b2Jb\b\0')).toBe('\uFFFD]0;title\uFFFD a\uFFFD\uFFFD2Jb\uFFFD\uFFFD')
  expect(plainLines('one\n\ttwo é 🐶')).toBe('one\n\ttwo é 🐶')
})
