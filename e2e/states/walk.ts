// What a walk through the states of the pages is given.
import type { PracticeControl } from '../fixtures/practice.ts'
import type { WizardPage } from '../wizard-page.ts'

export type Walk = {
  wizard: WizardPage
  practice: PracticeControl
  /** Called at each state, with a name that no other state has. */
  visit(name: string): Promise<void>
}
