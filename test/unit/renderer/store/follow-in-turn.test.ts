import { expect, it } from 'vitest'
import { createConsoleStore } from '../../../../src/renderer/store/console-store'
import { followInTurn } from '../../../../src/renderer/store/follow-in-turn'
import { FrameTurns } from '../../../../src/renderer/store/frame-turns'
import type { Picture } from '../../../../src/renderer/store/picture'

function setUp() {
  const frames: (() => void)[] = []
  const store = createConsoleStore()
  let drawn = 0
  const end = followInTurn(store, new FrameTurns((task) => frames.push(task)), () => {
    drawn += 1
    return true
  }, 'batches')
  const newPicture = () => store.setState({ picture: {} as Picture }) // nothing of it is read here
  const passFrame = () => frames.shift()?.()
  return { store, end, newPicture, passFrame, drawn: () => drawn }
}

it('draws once at first, and once for all pictures that come before its turn', () => {
  const { newPicture, passFrame, drawn } = setUp()
  passFrame()
  expect(drawn()).toBe(1)
  for (let i = 0; i < 3; i += 1) newPicture()
  passFrame()
  passFrame()
  expect(drawn()).toBe(2)
})

it('asks for no turn for what is not of the picture', () => {
  const { store, passFrame, drawn } = setUp()
  passFrame()
  store.setState({ crosshairAtMs: 7 })
  passFrame()
  expect(drawn()).toBe(1)
})

it('neither draws nor follows once it has ended', () => {
  const { end, newPicture, passFrame, drawn } = setUp()
  end()
  newPicture()
  passFrame()
  expect(drawn()).toBe(0)
})
