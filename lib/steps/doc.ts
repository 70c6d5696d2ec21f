// The page docs/steps.md, as a function of the list of steps.
import type { Step } from './step.ts'

/** Markdown with one section a step; its anchor is the step's ID. */
export function stepsDoc(steps: readonly Step[]): string {
  return [
    '# The steps',
    '',
    'Made from `lib/steps/index.ts` by `npm run docs`. Change the steps, not this page.',
    '',
    ...steps.flatMap((step, index) => [
      `<a id="${step.id}"></a>`,
      '',
      `## ${index + 1}. ${step.title}`,
      '',
      step.why,
      '',
      `- File and URL: \`${step.id}\``,
      `- Needs first: ${step.needs.map(need => `[${need.title}](#${need.id})`).join(', ') || 'nothing'}`,
      `- Microsoft Graph permissions (delegated, least): ${named(step.permissions)}`,
      ...(step.permissionsIfRefused
        ? [`- Asked in addition only after Microsoft refused: ${named(step.permissionsIfRefused)}`]
        : []),
      `- Seen by: ${step.permissions.length > 0 ? 'Microsoft Graph' : 'no API: a pasted receipt, a login that succeeded, or the person’s word'}`,
      ''
    ])
  ].join('\n')
}

const named = (permissions: readonly string[]) => permissions.map(name => `\`${name}\``).join(', ') || 'none'
