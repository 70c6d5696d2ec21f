// The states that a tenant may be in when a walk begins, and how each ends. The first is an empty tenant.
// The rule it keeps: every rule of a step is tried in every one of them.

import type { World } from './world.ts'
import { begun } from './worlds-begun.ts'
import { existing } from './worlds-existing.ts'
import { ofSecrets } from './worlds-of-secrets.ts'
import { refused } from './worlds-refused.ts'

export const worlds: readonly World[] = [...begun, ...existing, ...ofSecrets, ...refused]
