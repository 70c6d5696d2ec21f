// Commands and files one under another, each with what it is for and a button that copies it whole.
import { Code } from '../../../../components/code.tsx'
import type { Language } from '../../../../components/highlight.tsx'

export type ShownSnippet = { title: string; why?: string; code: string; language: Language | 'text' }

export function Snippets({ snippets }: { snippets: readonly ShownSnippet[] }) {
  return (
    <div className="grid gap-6">
      {snippets.map(({ title, why, code, language }) => (
        <div key={title} className="grid min-w-0 gap-2">
          {why && <h3 className="font-semibold">{title}</h3>}
          {why && <p className="text-muted">{why}</p>}
          <Code code={code} language={language} label={title} />
        </div>
      ))}
    </div>
  )
}
