import { natureOf, type FailureSelection } from '../../shared/failures'
import { formatCount } from '../format'
import { formatMoment } from '../format-results'
import { text } from '../text'
import surfaces from '../theme/surfaces.module.css'
import classes from './failures.module.css'
import type { Failures } from './use-failures'

const t = text.failures

/** One row an error, however many pairs met it. A click shows its pairs. */
export function FailureGroups({ failures: { filter, ask }, found }: { readonly failures: Failures; readonly found: FailureSelection }) {
  const largest = found.groups[0]?.count ?? 1
  return (
    <div className={classes.groups} role="region" aria-label={t.groups} tabIndex={0}>
      <table className={`${surfaces.table} ${classes.table}`}>
        <thead>
          <tr>
            <th scope="col">{t.count}</th>
            <th scope="col" data-text>
              {t.words}
            </th>
            <th scope="col" data-text>
              {t.reason}
            </th>
            <th scope="col">{t.first}</th>
            <th scope="col">{t.last}</th>
          </tr>
        </thead>
        <tbody>
          {found.groups.map(({ words, reason, count, firstAtMs, lastAtMs, example }) => (
            <tr key={`${reason} ${words}`} aria-selected={filter.group === words || undefined} data-testid="failure-group">
              <td>
                {formatCount(count)}
                <i className={classes.bar} style={{ width: `${(count / largest) * 100}%` }} aria-hidden />
              </td>
              <td data-text className={classes.words} title={example}>
                <button type="button" aria-label={t.showGroup(words)} onClick={() => ask({ ...filter, group: words })}>
                  {words}
                </button>
              </td>
              <td data-text title={t.reasonsAbout[reason]} className={classes.reason}>
                <span className={classes.nature} data-nature={natureOf(reason)}>
                  {t.natureTag[natureOf(reason)]}
                </span>{' '}
                {t.reasons[reason]}
              </td>
              <td>{formatMoment(firstAtMs)}</td>
              <td>{formatMoment(lastAtMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.groupCount > found.groups.length && <p className={classes.note}>{t.moreGroups(formatCount(found.groupCount - found.groups.length))}</p>}
    </div>
  )
}
