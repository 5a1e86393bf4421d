import { IconAlertTriangle, IconChartDots, IconHistory, IconLayoutDashboard, IconListDetails, IconPlugConnected, IconStack2, IconTable, IconTerminal2 } from '@tabler/icons-react'
import { ThemeMenu } from '../controls/theme-menu'
import { UndoOffer } from '../controls/undo-offer'
import { text } from '../text'
import classes from './nav-rail.module.css'
import { linkTo, VIEWS, type View } from './route'

const ICONS = { overview: IconLayoutDashboard, tuning: IconChartDots, queue: IconStack2, results: IconTable, failures: IconAlertTriangle, batches: IconListDetails, runs: IconHistory, log: IconTerminal2, connections: IconPlugConnected } as const satisfies Record<
  View,
  typeof IconTerminal2
>

export function NavRail({ view }: { readonly view: View }) {
  return (
    <nav className={classes.rail} aria-label={text.views.title}>
      <ul>
        {VIEWS.map((entry) => {
          const Icon = ICONS[entry]
          return (
            <li key={entry}>
              <a href={linkTo(entry)} aria-current={entry === view ? 'page' : undefined}>
                <Icon size={20} stroke={1.6} aria-hidden />
                {text.views[entry]}
              </a>
            </li>
          )
        })}
      </ul>
      <div className={classes.foot}>
        <UndoOffer />
        <ThemeMenu />
      </div>
    </nav>
  )
}
