import { expect, it } from 'vitest';
import {
  decideAdoption,
  type Adoption,
  type AdoptionState,
} from '../../../src/core/conversation/decideAdoption.js';
import type { Run } from '../../../src/protocol/types.js';
import { createRun } from './fixtures.js';

const idle: AdoptionState = { current: undefined, isBusy: false, hasPendingItems: false };
const active = createRun('run_2', { created_at: 2 });
const ended = createRun('run_2', { created_at: 2, status: 'failed' });
const older = createRun('run_1', { created_at: 1, status: 'completed' });
const newer = createRun('run_3', { created_at: 3, status: 'completed' });

const cases: [name: string, run: Run, state: AdoptionState, expected: Adoption][] = [
  ['an active run', active, idle, 'follow'],
  ['an active run after another one', active, { ...idle, current: older }, 'follow'],
  ['an active run whose following was stopped', active, { ...idle, current: active }, 'follow'],
  ['a run that is followed', active, { ...idle, current: active, isBusy: true }, 'ignore'],
  [
    'a run while another one is followed',
    active,
    { ...idle, current: older, isBusy: true },
    'wait',
  ],
  ['a run while one is being created', active, { ...idle, isBusy: true }, 'ignore'],
  ['a run while messages are being sent', active, { ...idle, hasPendingItems: true }, 'ignore'],
  ['an old snapshot of a settled run', active, { ...idle, current: ended }, 'ignore'],
  ['a settled run', ended, idle, 'show'],
  ['a settled run after an older one', ended, { ...idle, current: older }, 'show'],
  ['a settled run that is outdated', ended, { ...idle, current: newer }, 'ignore'],
];

it.each(cases)('for %s decides', (_name, run, state, expected) => {
  expect(decideAdoption(run, state)).toBe(expected);
});
