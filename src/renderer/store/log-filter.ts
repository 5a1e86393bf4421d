import type { LogLine } from '../../shared/frames'

export const LOG_LEVELS = ['all', 'warn', 'error'] as const

export interface LogFilter {
  /** `warn` shows errors too. */
  readonly level: (typeof LOG_LEVELS)[number]
  /** Each word has to occur, in any order and case. */
  readonly text: string
}

export function filterLog(lines: readonly LogLine[], { level, text }: LogFilter): readonly LogLine[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (level === 'all' && words.length === 0) return lines
  return lines.filter((line) => hasLevel(line, level) && words.every((word) => line.text.toLowerCase().includes(word)))
}

function hasLevel(line: LogLine, level: LogFilter['level']): boolean {
  return level === 'all' || line.level === level || (level === 'warn' && line.level === 'error')
}
