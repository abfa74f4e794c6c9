import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { getSection, getTitle, HEADER, SECTIONS, type Section } from './documentSections.js';
import { fixtures } from './fixtureServers.js';
import { CAPABILITIES, runScript, type OpenDriver } from './script.js';

const PATH = resolve('docs/servers.md');

/** Runs the script on every server, and compares the outcomes with the table of the documentation. */
export function describeServers(section: Section, openDriver: OpenDriver): void {
  const outcomes = new Map<string, string>();
  describe.each(fixtures)(`${section} with $name`, (fixture) => {
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
    const current = existsSync(PATH) ? readFileSync(PATH, 'utf8') : '';
    const sections = SECTIONS.map((other) => {
      const content = other === section ? table : getSection(current, other);
      return `${getTitle(other)}\n\n${content}\n`;
    });
    const text = [HEADER, ...sections].join('\n');
    await expect(await format(text, options)).toMatchFileSnapshot(PATH);
  });
}
