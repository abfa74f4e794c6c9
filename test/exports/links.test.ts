import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const listPages = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const pages = [...listPages('.'), ...listPages('docs'), ...listPages('docs/decisions')];

const read = (page: string): string =>
  readFileSync(join(root, page), 'utf8').replace(/```.*?```/gs, '');

/** Returns the anchors of the headings of a page, as GitHub and Storybook build them. */
function listAnchors(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Returns the targets of the relative links of a page. */
const listTargets = (page: string): string[] =>
  [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, target = '']) => target);

/** Returns the path of a link relative to the root of the package. */
const resolveLink = (page: string, path: string): string =>
  relative(root, join(root, dirname(page), path)).replaceAll('\\', '/');

it.each(pages)('%s links to pages and headings that exist', (page) => {
  const broken = listTargets(page).filter((target) => {
    const [path = '', anchor] = target.split('#');
    const linked = path === '' ? page : resolveLink(page, path);
    if (!existsSync(join(root, linked))) return true;
    return anchor !== undefined && !listAnchors(linked).includes(anchor);
  });
  expect(broken).toEqual([]);
});

it('packs all pages that packed pages link to', () => {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(text) as [{ files: { path: string }[] }];
  const packed = files.map(({ path }) => path);
  const isPacked = (path: string) =>
    packed.some((file) => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`));
  const dead = packed
    .filter((path) => path.endsWith('.md'))
    .flatMap((page) =>
      listTargets(page)
        .map((target) => target.split('#')[0] ?? '')
        .filter((path) => path !== '' && !isPacked(resolveLink(page, path)))
        .map((path) => `${page}: ${path}`),
    );
  expect(packed).toContain('docs/proxy.md');
  expect(dead).toEqual([]);
});
