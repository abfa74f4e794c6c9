import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { fixtures } from './fixtureServers.js';
import { CAPABILITIES, runScript, type OpenDriver } from './script.js';

const PATH = resolve('docs/servers.md');

const HEADER = `# Servers

This table is written by the tests in \`test/servers\`: each cell is the outcome of a script that \`useConversation\` runs against a small server that deviates from the API as the named one does. \`npx vitest run test/servers --update\` writes it again.

The words in a cell are those that the user reads.
`;

/** Runs the script on every server, and compares the outcomes with the table of the documentation. */
export function describeServers(name: string, openDriver: OpenDriver): void {
  const outcomes = new Map<string, string>();
  describe.each(fixtures)(`${name} with $name`, (fixture) => {
    it.each(CAPABILITIES)('%s', async (capability) => {
      const outcome = await runScript(fixture, openDriver, capability);
      expect(outcome).not.toBe('');
      outcomes.set(`${fixture.name} ${capability}`, outcome);
    });
  });

  it('agrees with the table of the documentation', async () => {
    const rows = fixtures.map((fixture) => [
      fixture.name,
      ...CAPABILITIES.map(
        (capability) => outcomes.get(`${fixture.name} ${capability}`) ?? 'failed',
      ),
    ]);
    const table = [
      ['server', ...CAPABILITIES],
      CAPABILITIES.map(() => '---').concat('---'),
      ...rows,
    ]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n');
    const options = { ...(await resolveConfig(PATH)), parser: 'markdown' };
    await expect(await format(`${HEADER}\n${table}\n`, options)).toMatchFileSnapshot(PATH);
  });
}
