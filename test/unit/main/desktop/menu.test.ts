import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { menuTemplate, type MenuFacts } from '../../../../src/main/desktop/menu'
import { ACTIONS, actionOf, type ActionName } from '../../../../src/shared/actions'
import type { Frame } from '../../../../src/shared/frames'

vi.mock('electron', () => ({ Menu: {} }))

type Item = MenuItemConstructorOptions

const seen = (state: Frame['state']['kind'], gauges: object = {}) =>
  ({
    state: { kind: state, reason: '', by: 'operator', sinceMs: 0 },
    gauges: { pacing: { kind: 'adaptive' }, batchSize: { sizing: 'auto' }, breaker: { kind: 'closed' }, sweep: null, ...gauges },
  }) as unknown as NonNullable<MenuFacts['seen']> // the other fields play no part in the menu

function itemsOf(facts: Partial<MenuFacts>, act: (name: ActionName) => void = () => {}): Item[] {
  const flat = (items: readonly Item[]): Item[] => items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
  return flat(menuTemplate({ platform: 'linux', isPackaged: true, seen: seen('running'), ...facts }, act))
}

const named = (facts: Partial<MenuFacts>, id: ActionName) => itemsOf(facts).find((item) => item.id === id)

describe('the native menu', () => {
  it('has every action once, with its accelerator, and tells its name when it is clicked', () => {
    const asked: ActionName[] = []
    const items = itemsOf({}, (name) => asked.push(name)).filter(({ id }) => id !== undefined)
    expect(items.map(({ id }) => id).toSorted()).toEqual(Object.keys(ACTIONS).toSorted())
    for (const item of items) {
      expect(item.accelerator).toBe(ACTIONS[item.id as ActionName]) // the names are those of the table
      item.click?.({} as never, undefined, {} as never) // its arguments play no part
    }
    expect(asked).toEqual(items.map(({ id }) => id))
  })

  it('names what the big button does in each state, and disables what makes no sense', () => {
    expect(named({ seen: seen('idle') }, 'toggle-run')).toMatchObject({ label: 'Start', enabled: true })
    expect(named({ seen: seen('idle') }, 'drain')).toMatchObject({ enabled: false })
    expect(named({ seen: seen('running') }, 'toggle-run')).toMatchObject({ label: 'Pause', enabled: true })
    expect(named({ seen: seen('paused') }, 'toggle-run')).toMatchObject({ label: 'Resume' })
    expect(named({ seen: seen('waiting-for-redis') }, 'toggle-run')).toMatchObject({ enabled: false })
    expect(named({ seen: null }, 'toggle-run')).toMatchObject({ enabled: false })
    expect(named({ seen: seen('running') }, 'close-breaker')).toMatchObject({ enabled: false })
    expect(named({ seen: seen('running', { breaker: { kind: 'open' } }) }, 'close-breaker')).toMatchObject({ enabled: true })
    expect(named({ seen: seen('running', { sweep: { state: 'running' } }) }, 'search')).toMatchObject({ label: 'Cancel the Search for the Best Batch Size' })
    expect(named({ seen: seen('running', { pacing: { kind: 'classic' } }) }, 'sizing')).toMatchObject({ checked: false, enabled: false })
  })

  it('has the roles that each system expects, and none that leads to the web', () => {
    const roles = (facts: Partial<MenuFacts>) => itemsOf(facts).flatMap(({ role }) => role ?? [])
    expect(roles({ platform: 'darwin' })).toEqual(['appMenu', 'close', 'editMenu', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', 'windowMenu', 'help'])
    expect(roles({ platform: 'win32' })).toEqual(['quit', 'editMenu', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', 'windowMenu', 'help', 'about'])
    expect(roles({})).not.toContain('toggleDevTools')
    expect(roles({ isPackaged: false })).toContain('toggleDevTools')
  })
})

describe('the accelerators', () => {
  const press = (key: string, keys: Partial<Record<'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey', boolean>> = {}) => ({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...keys })

  it('are all different', () => {
    expect(new Set(Object.values(ACTIONS)).size).toBe(Object.keys(ACTIONS).length)
  })

  it('are understood with the command key of the system, and with no key more or less', () => {
    expect(actionOf(press('e', { ctrlKey: true }), false)).toBe('export-results')
    expect(actionOf(press('E', { ctrlKey: true, shiftKey: true }), false)).toBe('export-failed')
    expect(actionOf(press('e', { metaKey: true }), true)).toBe('export-results')
    expect(actionOf(press('e', { metaKey: true }), false)).toBeNull()
    expect(actionOf(press('e', { ctrlKey: true, altKey: true }), false)).toBeNull()
    expect(actionOf(press('e'), false)).toBeNull()
    expect(actionOf(press('F7'), false)).toBe('theme-light')
  })
})
