import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/backend/server/createApp.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'create-app-'));
});
afterEach(() => rm(parent, { recursive: true }));

const examples = await readdir('examples');

async function readManifest(folder: string) {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    dependencies: Record<string, string>;
  };
}

describe('createApp', () => {
  it.each(examples)('creates an app from the example %s', async (example) => {
    const folder = join(parent, 'My Chat!');
    const next = await createApp({ folder, example }, '1.2.3');
    expect(next).toContain(`cd ${folder}`);
    const files = await readdir(folder);
    expect(files).toContain('README.md');
    expect(files).toContain('.gitignore');
    expect(files).not.toContain('package-lock.json');
    expect(files).not.toContain('node_modules');
    expect(await readManifest(folder)).toMatchObject({
      name: 'my-chat',
      dependencies: { 'assistants-react': '^1.2.3' },
    });
  });

  it('uses an empty folder, and names the app of a folder without letters', async () => {
    const folder = join(parent, '___');
    await mkdir(folder);
    await createApp({ folder, example: 'html' }, '1.2.3');
    expect((await readManifest(folder)).name).toBe('chat');
  });

  it('changes nothing in a folder that is not empty', async () => {
    await writeFile(join(parent, 'package.json'), 'mine');
    await expect(createApp({ folder: parent, example: 'html' }, '1.2.3')).rejects.toThrow(
      `${parent} is not empty. Choose a new folder.`,
    );
    expect(await readdir(parent)).toEqual(['package.json']);
    expect(await readFile(join(parent, 'package.json'), 'utf8')).toBe('mine');
  });

  it('says which examples there are', async () => {
    const folder = join(parent, 'app');
    await expect(createApp({ folder, example: '../src' }, '1.2.3')).rejects.toThrow(
      `No example is named '../src'. There are: ${examples.sort().join(', ')}.`,
    );
    expect(await readdir(parent)).toEqual([]);
  });

  it('refuses the path of a file', async () => {
    const file = join(parent, 'file');
    await writeFile(file, '');
    await expect(createApp({ folder: file, example: 'html' }, '1.2.3')).rejects.toThrow(
      `${file} cannot be created.`,
    );
  });
});
