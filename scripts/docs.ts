// `npm run docs`: writes the pages that are made from code.
import { writeFileSync } from 'node:fs'
import { stepsDoc } from '../lib/steps/doc.ts'
import { steps } from '../lib/steps/index.ts'

writeFileSync('docs/steps.md', stepsDoc(steps))
console.log('Wrote docs/steps.md')
