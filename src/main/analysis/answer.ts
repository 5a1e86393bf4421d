import { z } from 'zod'
import { wholeCharacters } from '../../shared/whole-characters'
import { type ApiErrorKind, classifyError } from './api-error'
import { parseLossless } from './lossless-json'

export type Answer<T> =
  { readonly kind: 'data'; readonly data: T } | { readonly kind: ApiErrorKind; readonly message: string }

const MESSAGE_CHARACTERS = 300

const envelope = z.object({
  success: z.boolean().optional().catch(undefined),
  /** In place of `success` when an address is blocked. */
  status: z.boolean().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  data: z.unknown().optional(),
})

/**
 * Reads one complete answer: its data when it is a success of the expected shape, else what is wrong in the API's words,
 * shortened after `redact` has struck secrets out of them.
 */
export function readAnswer<T>(
  status: number,
  body: string,
  data: z.ZodType<T>,
  redact: (text: string) => string,
): Answer<T> {
  const json = readJson(body)
  const isSuccess = status >= 200 && status < 300
  if (json !== null && isSuccess && json.success !== false && json.status !== false) {
    const read = data.safeParse(json.data)
    return read.success ? { kind: 'data', data: read.data } : malformed(status, z.prettifyError(read.error))
  }
  if (status >= 300 && status < 400) {
    return { kind: 'transient', message: `${status}: redirects are not followed; correct [birdeye] api_base_url` }
  }
  // Cut off in the middle, a page of swaps is no message, whatever words are in it.
  if (json === null && isSuccess && /^\s*[[{]|^\s*$/.test(body)) return malformed(status, 'not complete JSON')
  const message = excerpt(redact(json?.message ?? body))
  return { kind: classifyError(status, message), message: `${status} ${message}`.trim() }
}

function readJson(body: string): z.infer<typeof envelope> | null {
  try {
    return envelope.safeParse(parseLossless(body)).data ?? null
  } catch {
    return null // a SyntaxError, or a RangeError from nesting without end
  }
}

function malformed(status: number, what: string): { kind: 'transient'; message: string } {
  return { kind: 'transient', message: `${status} with an answer that cannot be read: ${excerpt(what)}` }
}

function excerpt(text: string): string {
  const line = text
    .slice(0, 10 * MESSAGE_CHARACTERS)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  const shown = line.length > MESSAGE_CHARACTERS ? `${line.slice(0, MESSAGE_CHARACTERS)}…` : line
  return wholeCharacters(shown)
}
