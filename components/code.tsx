// A snippet or a script: highlighted, copied whole, downloaded where there is a file of it.
import { Download } from 'lucide-react'
import { LinkButton } from './buttons.tsx'
import { CopyButton } from './copy.tsx'
import { Highlighted, type Language } from './highlight.tsx'
import { Scroll } from './scroll.tsx'

type Props = {
  code: string
  language: Language | 'text'
  /** What it is: "Register the application in Exchange". */
  label: string
  downloadHref?: string
  downloadName?: string
}

/** Above this many characters there is only the beginning to see, and the file to download: nobody pastes that. */
const mostShown = 100_000
const shownOfMore = 20_000

/** A figure with a caption and the code in a box that scrolls by itself, by keyboard too. */
export function Code({ code, language, label, downloadHref, downloadName }: Props) {
  const tooLong = downloadHref !== undefined && code.length > mostShown
  const shown = tooLong ? code.slice(0, code.lastIndexOf('\n', shownOfMore)) : code
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border border-line bg-surface">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 border-b border-line bg-raised py-1.5 pr-2 pl-4">
        <span className="min-w-0 text-sm font-semibold wrap-anywhere">{label}</span>
        <span className="flex gap-2">
          {downloadHref && (
            <LinkButton href={downloadHref} download={downloadName ?? ''} className="px-2.5! text-sm max-sm:w-auto!">
              <Download aria-hidden className="size-4" />
              Download<span className="sr-only"> {downloadName ?? label}</span>
            </LinkButton>
          )}
          {!tooLong && <CopyButton text={code} label={label} />}
        </span>
      </figcaption>
      <Scroll label={label}>
        <pre className="w-max min-w-full p-4 font-mono text-[0.8125rem] leading-6">
          <Highlighted code={shown} language={language} />
        </pre>
      </Scroll>
      {tooLong && (
        <p className="border-t border-line bg-raised px-4 py-2 text-sm">
          This is the beginning. Download the file for all of it: it is too long to paste.
        </p>
      )}
    </figure>
  )
}
