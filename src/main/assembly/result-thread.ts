import { queueKeys } from '../queue/keys'
import { ResultPages } from '../queue/result-pages'
import { RedisConnection } from '../redis/connection'
import { ResultIndex } from '../result-index/result-index'
import { ResultBrowser } from './result-browser'
import type { ResultsAddress, ResultsAnswered, ResultsAsked } from './result-desk'

/** The part of the thread's port that it stands on. */
interface Port {
  on(event: 'message', listener: (asked: ResultsAsked) => void): unknown
  postMessage(answered: ResultsAnswered): void
}

/** What the thread of the results does: connects, follows, answers. Rejects with what the window is to be told. */
export async function serveResults(port: Port, { url, clientName, pipeline, inbox }: ResultsAddress): Promise<void> {
  const early: ResultsAsked[] = []
  let take = (asked: ResultsAsked): void => void early.push(asked)
  port.on('message', (asked) => take(asked))
  const connection = await RedisConnection.open(url, clientName)
  const browser = new ResultBrowser(new ResultPages(connection.redis, queueKeys(pipeline, inbox)), new ResultIndex())
  const failed = new Promise<never>((_resolve, reject) => {
    take = ({ number, call }) => {
      const answer = call.kind === 'query' ? browser.query(call.query) : browser.rows(call.request)
      answer.then((value) => port.postMessage({ number, answer: value }), reject)
    }
  })
  for (const asked of early) take(asked)
  await Promise.race([failed, browser.follow()])
}
