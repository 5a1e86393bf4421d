import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Px from the end within which the person still counts as reading the newest. */
const NEAR_END_PX = 24

export interface FollowingScroll {
  readonly scrollRef: RefObject<HTMLDivElement | null>
  readonly onScroll: () => void
  /** False once the person has scrolled back to read. */
  readonly isFollowing: boolean
  readonly follow: () => void
}

/** Keeps a list scrolled to its end while it grows, unless the person scrolled away from there. */
export function useFollowingScroll(): FollowingScroll {
  const scrollRef = useRef<HTMLDivElement | null>(null)
  const [isFollowing, setIsFollowing] = useState(true)

  // After every render: whatever made the list render may have made it longer.
  useLayoutEffect(() => {
    const list = scrollRef.current
    if (isFollowing && list) list.scrollTop = list.scrollHeight
  })

  const onScroll = useCallback(() => {
    const list = scrollRef.current
    if (list) setIsFollowing(list.scrollHeight - list.scrollTop - list.clientHeight <= NEAR_END_PX)
  }, [])

  const follow = useCallback(() => setIsFollowing(true), [])

  return { scrollRef, onScroll, isFollowing, follow }
}
