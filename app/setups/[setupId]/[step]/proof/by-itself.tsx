'use client'
// Testing again by itself, while the page is open: a link to begin and one to end it. It needs JavaScript, so it is shown only
// where that runs.
import { useEffect, useState } from 'react'
import { LinkButton } from '../../../../../components/buttons.tsx'

type Props = { home: string; every: boolean; minutes: number }

export function ByItself({ home, every, minutes }: Props) {
  const [runs, setRuns] = useState(false)
  useEffect(() => setRuns(true), [])
  if (!runs) return null
  return (
    <div className="mt-4">
      {every ? (
        <p className="text-sm text-muted">
          This page tests again in {minutes} minutes by itself, and waits while you type.{' '}
          <a className="link" href={home}>
            Stop testing by itself
          </a>
        </p>
      ) : (
        <LinkButton href={`${home}?every=${minutes}#test`} variant="quiet" plain>
          Test again every {minutes} minutes while this page is open
        </LinkButton>
      )}
    </div>
  )
}
