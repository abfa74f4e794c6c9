import 'assistants-react/styles.css';
import { describe, expect, it } from 'vitest';
import serversDocument from '../../docs/servers.md?raw';
import { getCell, getSection } from './documentSections.js';
import { fixtures } from './fixtureServers.js';
import { CAPABILITIES, runScript } from './script.js';
import { openThreadViewDriver } from './threadViewDriver.js';

const table = getSection(serversDocument, 'ThreadView');
const tested = fixtures.filter(({ name }) => /^(?:Azure AI Foundry|LiteLLM|astra)/.test(name));

describe.each(tested)('ThreadView in Chromium with $name', ({ name, ...fixture }) => {
  it.each(CAPABILITIES)('%s: as the documentation says', async (capability) => {
    const outcome = await runScript({ name, ...fixture }, openThreadViewDriver, capability);
    expect(outcome).toBe(getCell(table, name, capability));
  });
});

it('is tested with three servers', () => {
  expect(tested).toHaveLength(3);
});
