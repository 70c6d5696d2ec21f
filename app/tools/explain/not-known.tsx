// What the dictionary does not know is said plainly, with Microsoft's own look-up where there is a number.
import { Notice } from '../../../components/notice.tsx'
import type { Explanation } from '../../../lib/diagnosis/explain.ts'

type Props = { codes: Explanation['unknownCodes'] /** Nothing else was found either. */; nothing: boolean }

export function NotKnown({ codes, nothing }: Props) {
  return (
    <Notice
      kind="info"
      title={nothing ? 'Not known here' : `Not known here: ${codes.map(({ code }) => code).join(', ')}`}
    >
      {nothing && <p>The dictionary has no error like this.</p>}
      {codes.length > 0 && (
        <>
          <p>Look the code up at Microsoft:</p>
          <ul>
            {codes.map(({ code, href }) => (
              <li key={code}>
                <a href={href} className="link inline-flex min-h-11 items-center md:min-h-0" rel="noreferrer">
                  {code} at login.microsoftonline.com/error
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {nothing && codes.length === 0 && (
        <p>
          Paste more of it: the server’s whole line, from its number on. Look up numbers that begin with AADSTS at{' '}
          <a href="https://login.microsoftonline.com/error" className="link" rel="noreferrer">
            login.microsoftonline.com/error
          </a>
          .
        </p>
      )}
    </Notice>
  )
}
