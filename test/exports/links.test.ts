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

it.each(pages)('%s links to pages and headings that exist', (page) => {
  const targets = [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(
    ([, target = '']) => target,
  );
  const broken = targets.filter((target) => {
    const [path = '', anchor] = target.split('#');
    const linked = path === '' ? page : relative(root, join(root, dirname(page), path));
    if (!existsSync(join(root, linked))) return true;
    return anchor !== undefined && !listAnchors(linked).includes(anchor);
  });
  expect(broken).toEqual([]);
});
