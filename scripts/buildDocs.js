/**
 * npm run build-docs: builds the documentation with all stories as static files in `storybook-static/`, which work offline and
 * below any path. Also writes `llms.txt`, `llms-full.txt` and the pages as Markdown for tools that read text, and the items of
 * the shadcn registry as `r/NAME.json`.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath, exit } from 'node:process';
import { binary, root } from './run.js';

const site = join(root, 'storybook-static');

run('scripts/buildReference.js');
run(binary('storybook'), 'build', '--quiet', '--disable-telemetry', '--output-dir', site);
run('scripts/buildRegistry.js', join(site, 'r'));
writeTexts();

/** @param {string[]} command */
function run(...command) {
  const { status } = spawnSync(execPath, command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) exit(status ?? 1);
}

function writeTexts() {
  const folder = join(root, 'docs');
  const pages = readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
  mkdirSync(join(site, 'docs'), { recursive: true });
  for (const { file } of pages) copyFileSync(join(folder, file), join(site, 'docs', file));
  cpSync(join(folder, 'decisions'), join(site, 'docs/decisions'), { recursive: true });
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const links = pages.map(
    ({ file, text }) => `- [${getTitle(text)}](docs/${file}): ${getSummary(text)}`,
  );
  const head = `# assistants-react\n\n> ${getSummary(readme)}\n`;
  writeFileSync(join(site, 'llms.txt'), `${head}\n## Docs\n\n${links.join('\n')}\n`);
  const texts = [readme, ...pages.map(({ text }) => text)];
  writeFileSync(join(site, 'llms-full.txt'), texts.join('\n\n'));
}

/**
 * @param {string} markdown
 * @returns {string}
 */
function getTitle(markdown) {
  return markdown.match(/^# (.*)$/m)?.[1] ?? '';
}

/**
 * Returns the first sentence of a page.
 * @param {string} markdown
 * @returns {string}
 */
function getSummary(markdown) {
  const paragraph = markdown.split('\n\n').find((block) => /^[A-Z]/.test(block)) ?? '';
  return paragraph.split(/(?<=[.:])\s/, 1)[0]?.replace(/:$/, '.') ?? '';
}
