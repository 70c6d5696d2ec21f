// Draws the fields of a step's form with native elements, so that forms work without JavaScript.
// Hints and problems are tied to their field; a field's id is fieldId(name), which the error summary links to.
import { CircleAlert } from 'lucide-react'
import type { Choice, Field, FieldProblem } from '../lib/steps/step.ts'
import { classes } from './classes.ts'

const fieldId = (name: string) => `field-${name}`
const box =
  'w-full min-w-0 rounded border border-edge bg-surface px-3 py-2 text-base text-ink aria-invalid:border-2 aria-invalid:border-danger md:text-[0.9375rem]'

type Props = { fields: readonly Field[]; problems?: readonly FieldProblem[] }

/** Every field with its label, hint, and what is wrong with it. */
export function Fields({ fields, problems = [] }: Props) {
  return (
    <div className="grid max-w-2xl gap-6">
      {fields.map(field => (
        <FieldBlock
          key={field.name}
          field={field}
          problems={problems.filter(problem => problem.field === field.name).map(problem => problem.says)}
        />
      ))}
    </div>
  )
}

type Tied = { 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

function FieldBlock({ field, problems }: { field: Field; problems: readonly string[] }) {
  const id = fieldId(field.name)
  const hintId = field.hint && `${id}-hint`
  const problemId = problems.length > 0 && `${id}-problem`
  const tied: Tied = {
    'aria-describedby': [hintId, problemId].filter(Boolean).join(' ') || undefined,
    'aria-invalid': problems.length > 0 || undefined
  }
  const about = (
    <>
      {field.hint && (
        <p id={hintId} className="mb-2 text-sm wrap-anywhere text-muted">
          {field.hint}
        </p>
      )}
      {problems.length > 0 && (
        <div id={problemId || undefined} className="mb-2 font-semibold text-danger">
          {problems.map(says => (
            <p key={says} className="flex gap-2">
              <CircleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0" />
              <span className="min-w-0 wrap-anywhere">{says}</span>
            </p>
          ))}
        </div>
      )}
    </>
  )
  const edge = classes(problems.length > 0 && 'border-l-4 border-danger pl-4')
  if (field.kind === 'one-of' || field.kind === 'some-of') {
    return (
      <div className={edge}>
        <fieldset className="min-w-0" aria-describedby={tied['aria-describedby']}>
          <legend className="mb-1 font-semibold">{field.label}</legend>
          {about}
          <Choices field={field} id={id} />
        </fieldset>
      </div>
    )
  }
  return (
    <div className={edge}>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {field.label}
      </label>
      {about}
      <Control field={field} id={id} tied={tied} />
    </div>
  )
}

function Control({ field, id, tied }: { field: Field; id: string; tied: Tied }) {
  const plain = { id, name: field.name, ...tied, spellCheck: false, autoCapitalize: 'none', autoCorrect: 'off' }
  if (field.kind === 'lines') {
    return (
      <textarea {...plain} rows={8} defaultValue={field.value.join('\n')} className={classes(box, 'block font-mono')} />
    )
  }
  if (field.kind === 'file') {
    return (
      <input
        id={id}
        name={field.name}
        {...tied}
        type="file"
        className={classes(
          box,
          'file:mr-3 file:cursor-pointer file:rounded file:border file:border-solid file:border-edge file:bg-raised file:px-3 file:py-1.5 file:font-semibold file:text-ink'
        )}
      />
    )
  }
  return (
    <input
      {...plain}
      type="text"
      autoComplete={field.neverEcho ? 'off' : field.autoComplete}
      defaultValue={field.value[0] ?? ''}
      className={classes(box, 'target')}
    />
  )
}

function Choices({ field, id }: { field: Field; id: string }) {
  return (
    <div className="grid gap-1">
      {(field.choices ?? []).map((choice, index) => (
        <ChoiceRow key={choice.value} choice={choice} field={field} id={index === 0 ? id : `${id}-${index}`} />
      ))}
    </div>
  )
}

function ChoiceRow({ choice, field, id }: { choice: Choice; field: Field; id: string }) {
  const hintId = choice.hint && `${id}-says`
  return (
    <div className="flex min-w-0 items-start gap-3">
      <input
        id={id}
        type={field.kind === 'one-of' ? 'radio' : 'checkbox'}
        name={field.name}
        value={choice.value}
        defaultChecked={field.value.includes(choice.value)}
        aria-describedby={hintId}
        className="mt-3 size-5 shrink-0 cursor-pointer accent-fill"
      />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <label htmlFor={id} className="flex min-h-11 cursor-pointer items-center py-1">
          {choice.label}
        </label>
        {choice.hint && (
          <p id={hintId} className="-mt-1.5 pb-2 text-sm text-muted">
            {choice.hint}
          </p>
        )}
      </div>
    </div>
  )
}

/** What has to be changed before the form can go on, with a link to each field. Nothing when there is no problem. */
export function ErrorSummary({ problems }: { problems: readonly FieldProblem[] }) {
  if (problems.length === 0) return null
  return (
    <div role="alert" tabIndex={-1} className="mb-6 max-w-2xl rounded-md border-2 border-danger p-4">
      <h2 className="font-semibold">There is a problem</h2>
      <ul className="mt-2 grid md:gap-1">
        {problems.map(problem => (
          <li key={`${problem.field} ${problem.says}`}>
            <a
              href={`#${fieldId(problem.field)}`}
              className="inline-flex min-h-11 items-center font-semibold wrap-anywhere text-danger underline underline-offset-2 md:min-h-0"
            >
              {problem.says}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
