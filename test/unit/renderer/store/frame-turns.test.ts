import { expect, it } from 'vitest'
import { FrameTurns } from '../../../../src/renderer/store/frame-turns'

function setUp() {
  const frames: (() => void)[] = []
  const turns = new FrameTurns((task) => frames.push(task))
  const drawn: string[] = []
  const draws = (name: string, isNew = true) => () => {
    drawn.push(name)
    return isNew
  }
  /** What the next frame draws; null where none was asked for. */
  const nextFrame = () => {
    const [frame] = frames.splice(0, 1)
    if (frame === undefined) return null
    frame()
    return drawn.splice(0)
  }
  return { turns, draws, nextFrame }
}

it('draws one a frame, in the order of asking, and asks for no frame when all have drawn', () => {
  const { turns, draws, nextFrame } = setUp()
  for (const name of ['a', 'b', 'c']) turns.take(draws(name))
  expect([nextFrame(), nextFrame(), nextFrame(), nextFrame()]).toEqual([['a'], ['b'], ['c'], null])
})

it('passes the frame on from one that has nothing to draw', () => {
  const { turns, draws, nextFrame } = setUp()
  turns.take(draws('still', false))
  turns.take(draws('new'))
  turns.take(draws('later'))
  expect([nextFrame(), nextFrame()]).toEqual([['still', 'new'], ['later']])
})

it('lets the news go ahead of what waits', () => {
  const { turns, draws, nextFrame } = setUp()
  turns.take(draws('chart'))
  turns.takeFirst(draws('figures'))
  expect([nextFrame(), nextFrame()]).toEqual([['figures'], ['chart']])
})

it('lets the news pass only once where there is more of it at each frame', () => {
  const { turns, draws, nextFrame } = setUp()
  turns.take(draws('chart'))
  turns.take(draws('table'))
  const frames = ['1', '2', '3', '4'].map((name) => {
    turns.takeFirst(draws(name))
    return nextFrame()
  })
  expect(frames).toEqual([['1'], ['chart'], ['3'], ['table']])
  expect(nextFrame()).toEqual(['4'])
})

it('draws together what shows the same thing', () => {
  const { turns, draws, nextFrame } = setUp()
  turns.take(draws('curve'), 'tuning')
  turns.take(draws('table'), 'batches')
  turns.take(draws('advice'), 'tuning')
  expect([nextFrame(), nextFrame(), nextFrame()]).toEqual([['curve', 'advice'], ['table'], null])
})

it('does not go round in one frame with a turn that has nothing to draw and asks for another', () => {
  const { turns, draws, nextFrame } = setUp()
  const again = () => {
    turns.take(again)
    return draws('still', false)()
  }
  turns.take(again)
  expect([nextFrame(), nextFrame()]).toEqual([['still'], ['still']])
})

it('passes over what was called off', () => {
  const { turns, draws, nextFrame } = setUp()
  const callOff = turns.take(draws('gone'))
  turns.take(draws('there'))
  callOff()
  expect(nextFrame()).toEqual(['there'])
})

it('serves what is asked for while another draws, in a frame of its own', () => {
  const { turns, draws, nextFrame } = setUp()
  turns.take(() => {
    turns.take(draws('next'))
    return draws('first')()
  })
  expect([nextFrame(), nextFrame(), nextFrame()]).toEqual([['first'], ['next'], null])
})

it('goes on after one that fails', () => {
  const { turns, draws, nextFrame } = setUp()
  turns.take(() => {
    throw new Error('cannot draw')
  })
  turns.take(draws('there'))
  expect(nextFrame).toThrow('cannot draw')
  expect(nextFrame()).toEqual(['there'])
})
