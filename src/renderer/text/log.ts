/** The words of the log. */
export const log = {
  title: 'Log',
  recent: 'Recent log',
  all: 'Whole log',
  levels: { warn: 'warn', error: 'error' },
  filterTitle: 'Level',
  filter: { all: 'All', warn: 'Warnings', error: 'Errors' },
  search: 'Find in the log',
  clear: 'Clear',
  shown: (shown: number, all: number) => (shown === all ? `${all} lines` : `${shown} of ${all} lines`),
  nothingYet: 'Nothing has happened yet.',
  nothingFound: 'No line has all of these words at this level.',
  follow: 'Follow the newest',
} as const
