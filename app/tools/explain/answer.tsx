// What a pasted error means: the findings, what nobody here knows, and Microsoft's references for support.
import { CopyButton } from '../../../components/copy.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Section } from '../../../components/section.tsx'
import type { Explanation } from '../../../lib/diagnosis/explain.ts'
import { Finding } from './finding.tsx'
import { NotKnown } from './not-known.tsx'

export function Answer({ explanation }: { explanation: Explanation }) {
  const { findings, unknownCodes, references, cut } = explanation
  return (
    <>
      {cut && (
        <Notice kind="warning" title="Only the beginning was read">
          <p>The text is very long. Paste the part with the error if it stands further down.</p>
        </Notice>
      )}
      {findings.map((finding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer is replaced as a whole.
        <Finding key={index} finding={finding} />
      ))}
      {(findings.length === 0 || unknownCodes.length > 0) && (
        <NotKnown codes={unknownCodes} nothing={findings.length === 0} />
      )}
      {references.length > 0 && <References references={references} />}
    </>
  )
}

function References({ references }: Pick<Explanation, 'references'>) {
  const text = references.map(({ label, value }) => `${label}: ${value}`).join('\n')
  return (
    <Section title="Microsoft’s reference" intro="Give these to Microsoft’s support.">
      <div className="rounded-md border border-line bg-surface p-4">
        <div className="float-right ml-4">
          <CopyButton text={text} label="Microsoft’s reference" />
        </div>
        <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
          {references.map(({ label, value }) => (
            <div key={`${label} ${value}`} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="font-mono text-[0.875rem] wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  )
}
