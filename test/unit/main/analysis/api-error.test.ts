import { describe, expect, it } from 'vitest'
import { classifyError } from '../../../../src/main/analysis/api-error'

const SUSPENDED =
  'Your API key is either suspended or lacks sufficient permissions to access this resource. Please contact support.'

it.each([
  // The error table of the API.
  [429, 'Too many requests', 'rate-limited'],
  [400, 'Compute units usage limit exceeded', 'allowance-spent'],
  [401, 'Unauthorized. Authentication required.', 'key-refused'],
  [401, SUSPENDED, 'endpoint-refused'],
  [403, 'Access Denied', 'key-refused'],
  [400, 'Invalid request parameters or payload.', 'permanent'],
  [400, 'address has an invalid format', 'permanent'],
  [422, 'Invalid data. Please check the provided data and try again.', 'permanent'],
  [404, 'Not found', 'permanent'],
  [500, 'Internal server error', 'transient'],
  [503, 'Service unavailable', 'transient'],
  [555, '', 'transient'],
  // The same words in other cases and under other statuses.
  [429, '', 'rate-limited'],
  [400, 'HTTP 429 TOO MANY REQUESTS', 'rate-limited'],
  [500, 'Rate limit exceeded', 'rate-limited'],
  [400, 'rate_limit_exceeded', 'rate-limited'],
  [403, 'RateLimited', 'rate-limited'],
  [200, 'too many requests', 'rate-limited'],
  [429, 'compute units usage LIMIT exceeded', 'allowance-spent'],
  [403, SUSPENDED, 'endpoint-refused'],
  [408, 'Request timeout', 'transient'],
  [502, 'Invalid response from upstream', 'transient'],
  [400, 'the interval must separate limits', 'permanent'],
  [418, 'anything else below 500', 'permanent'],
  // {"success": false} under a 200.
  [200, 'Unauthorized', 'key-refused'],
  [200, SUSPENDED, 'endpoint-refused'],
  [200, 'address is invalid format', 'permanent'],
  [200, 'something else', 'transient'],
] as const)('%i %j is %s', (status, message, kind) => {
  expect(classifyError(status, message)).toBe(kind)
})

describe('messages that only resemble a rate limit', () => {
  it('are told from it by the letter before', () => {
    expect(classifyError(400, 'cannot generate limit order')).toBe('permanent')
  })
})
