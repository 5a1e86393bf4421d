import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { ACTIONS } from '../../shared/actions'
import { useConsole, useIsReplaying, useReplay } from '../store/console-context'
import { keysOf } from '../store/platform'
import { text } from '../text'
import { useActions, type Action } from './actions'
import { Key } from './key'
import classes from './palette.module.css'

const t = text.palette
// Object.keys answers plain strings.
const GROUPS = Object.keys(t.groups) as (keyof typeof t.groups)[]

/** Everything that can be done just now, found by its name. Ctrl or ⌘ with K opens it anywhere. */
export function Palette() {
  const actions = useActions()
  const ofView = useConsole((state) => state.viewActions)
  const groups = GROUPS.map((name): SpotlightActionGroupData => ({ group: t.groups[name], actions: actions.filter((action) => action.group === name && action.name !== 'palette').map(shown) }))
  const replay = useReplayActions()
  const isReplaying = useIsReplaying()
  const inView = Object.values(ofView).flat().map(({ id, label, run }): SpotlightActionData => ({ id, label, onClick: run }))
  const all = groups.map((some) => (some.group === t.groups.view ? { ...some, actions: [...inView, ...some.actions] } : isReplaying && some.group === t.groups.replay ? { ...some, actions: replay } : some))
  return (
    <Spotlight
      actions={all.filter(({ actions: some }) => some.length > 0)}
      // Its key is one of the actions'.
      shortcut={null}
      highlightQuery
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': t.title } }}
      nothingFound={t.nothing}
      searchProps={{ placeholder: t.search, 'aria-label': t.title, leftSection: <IconSearch size={16} aria-hidden /> }}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.45, blur: 1 }}
      classNames={{ content: classes.content ?? '', action: classes.action ?? '', actionLabel: classes.label ?? '', search: classes.search ?? '', actionsList: classes.list ?? '', actionsGroup: classes.group ?? '', empty: classes.empty ?? '' }}
    />
  )
}

function useReplayActions(): SpotlightActionData[] {
  const replay = useReplay()
  return [
    { id: 'replay-toggle', label: t.replayToggle, onClick: () => replay.toggle(), rightSection: <Key>{text.keys.space}</Key> },
    { id: 'replay-leave', label: text.runs.bar.live, onClick: () => replay.leave() },
  ]
}

function shown({ name, label, run, key }: Action): SpotlightActionData {
  const keys = [...(key === undefined ? [] : [[key]]), keysOf(ACTIONS[name])]
  return {
    id: name,
    label,
    onClick: run,
    rightSection: (
      <span className={classes.keys}>
        {keys.map((combination) => (
          <span key={combination.join()}>
            {combination.map((each) => (
              <Key key={each}>{each}</Key>
            ))}
          </span>
        ))}
      </span>
    ),
  }
}
