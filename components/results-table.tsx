// One row a mailbox and protocol: what the server answered. On a phone each row is a small card of its own.
import { classes } from './classes.ts'

const outcomes = {
  proved: { word: 'Proved', colour: 'text-success' },
  'login-only': { word: 'Login accepted', colour: 'text-warning' },
  refused: { word: 'Refused', colour: 'text-danger' },
  unreachable: { word: 'Not reached', colour: 'text-danger' },
  'not-tried': { word: 'Not tested', colour: 'text-muted' }
} as const

export type ShownResult = {
  key: string
  address: string
  protocol: string
  outcome: keyof typeof outcomes
  says: string
  /** When it was tried, in words. */
  age: string
  /** Where the gates of this one are. */
  whyHref?: string
}

const cell = 'px-4 py-1 sm:py-2.5 sm:align-top'

/** A table that scrolls with the page; its caption is for readers. */
export function ResultsTable({ rows, caption }: { rows: readonly ShownResult[]; caption: string }) {
  return (
    // On a phone the rows are blocks, which takes their meaning away: the roles give it back.
    <table role="table" className="w-full rounded-md border border-line bg-surface text-left max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line text-sm text-muted">
          <th scope="col" className={classes(cell, 'sm:w-64')}>
            Mailbox
          </th>
          <th scope="col" className={cell}>
            Protocol
          </th>
          <th scope="col" className={cell}>
            Result
          </th>
          <th scope="col" className={classes(cell, 'sm:w-1/3')}>
            What the server answered
          </th>
          <th scope="col" className={cell}>
            <span className="sr-only">Gates</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line max-sm:block">
        {rows.map(({ key, address, protocol, outcome, says, age, whyHref }) => {
          const { word, colour } = outcomes[outcome]
          return (
            <tr key={key} role="row" className="max-sm:block max-sm:py-2">
              <th
                role="rowheader"
                scope="row"
                className={classes(cell, 'font-normal wrap-anywhere max-sm:block max-sm:font-semibold')}
              >
                {address}
              </th>
              <td role="cell" className={classes(cell, 'max-sm:inline-block')}>
                {protocol}
              </td>
              <td role="cell" className={classes(cell, 'font-semibold max-sm:inline-block', colour)}>
                {word}
              </td>
              <td role="cell" className={classes(cell, 'wrap-anywhere max-sm:block')}>
                {says}
                {age && <span className="block text-sm text-muted">{age}</span>}
              </td>
              <td role="cell" className={classes(cell, 'max-sm:block')}>
                {whyHref && (
                  <a className="link" href={whyHref}>
                    Why<span className="sr-only">{` ${protocol} ${address}`}</span>
                  </a>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
