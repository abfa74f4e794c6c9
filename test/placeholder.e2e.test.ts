import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('finds the built package', async () => {
  expect(await readFile('dist/components/Placeholder.js', 'utf8')).toMatch(/^"use client";/);
});
