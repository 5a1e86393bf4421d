/** One HTTP answer of the simulated API. The body is JSON text, so that recorded digits pass through untouched. */
export interface Answer {
  readonly status: number
  readonly body: string
}

export function success(dataJson: string): Answer {
  return { status: 200, body: `{"data":${dataJson},"success":true}` }
}

function failure(status: number, message: string): Answer {
  return { status, body: JSON.stringify({ success: false, message }) }
}

/** The API's refusals, word for word where its documentation or captured answers give the words. */
export const REFUSALS = {
  tooManyRequests: failure(429, 'Too many requests'),
  allowanceSpent: failure(400, 'Compute units usage limit exceeded'),
  keyMissing: failure(401, 'Unauthorized. Authentication required.'),
  keySuspended: failure(
    401,
    'Your API key is either suspended or lacks sufficient permissions to access this resource. Please check your plan.',
  ),
  // An allow-list refusal says `status` where every other one says `success`.
  accessDenied: { status: 403, body: '{"status":false,"message":"Access Denied"}' },
  badParameter: failure(400, 'Invalid request parameters or payload.'),
  badAddress: failure(400, 'address is invalid format'),
  notFound: failure(404, 'Not found'),
  invalidData: failure(422, 'Invalid data. Please check the provided data and try again.'),
  serverError: failure(500, 'Internal server error'),
  unavailable: failure(503, 'Service unavailable'),
  unknownError: failure(555, 'Unknown error'),
} as const satisfies Record<string, Answer>
