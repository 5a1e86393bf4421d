import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Secrets that occur nowhere else, not in another run either: whatever holds one of them has leaked it. */
export const CANARY_KEY = `canary-key-${randomBytes(8).toString('hex')}`
export const CANARY_PASSWORD = `canary-word-${randomBytes(8).toString('hex')}`

/** The forms in which a secret is still the secret. */
const FORMS = [...new Set([CANARY_KEY, CANARY_PASSWORD].flatMap(formsOf))]

function formsOf(secret: string): string[] {
  return [
    secret,
    secret.toUpperCase(),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('hex'),
    ...base64Of(secret),
    [...secret].toReversed().join(''),
  ]
}

/** Base64 at each of the three places where the secret can begin in a longer text; the ends depend on the neighbours. */
function base64Of(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const coded = Buffer.from('x'.repeat(before) + secret).toString('base64')
    return coded.slice(before === 0 ? 0 : 4, coded.length - 4)
  })
}

/** The forms of the canaries that this text or these bytes hold. */
export function canariesIn(content: string | Uint8Array): string[] {
  const bytes = Buffer.from(content)
  return FORMS.filter((form) => bytes.includes(form))
}

/** The same for every file below a folder, its name included: "FILE: FORM". Sockets are passed over. */
export function canariesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const file = join(folder, name)
    const content = statSync(file).isFile() ? readFileSync(file) : ''
    return [...canariesIn(name), ...canariesIn(content)].map((form) => `${name}: ${form}`)
  })
}

/** The command lines of all processes of this machine, as `ps` shows them to every user. Empty where there is no /proc. */
export function commandLines(): string {
  try {
    const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    const commandLine = (id: string) => readOrNothing(`/proc/${id}/cmdline`).replaceAll('\0', ' ')
    return ids
      .filter((id) => descends(id) || /^(sluice|\S*redis-server)\b/.test(commandLine(id)))
      .map(commandLine)
      .join('\n')
  } catch {
    return ''
  }
}

/** Whether this process, or one that it started, started it: somebody else on the machine may search for the canary, too. */
function descends(id: string): boolean {
  for (let at = id; at !== '0' && at !== ''; at = /^PPid:\s*(\d+)/m.exec(readOrNothing(`/proc/${at}/status`))?.[1] ?? '') {
    if (at === String(process.pid)) return true
  }
  return false
}

/** A process may have ended since the folder was read. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
