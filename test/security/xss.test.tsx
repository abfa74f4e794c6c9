import { render } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { numRuns } from '../budget.js';
import { allPayloads, payloads } from './payloads.js';
import { findInjections, surfaces } from './Surfaces.js';

it('has at least 300 payloads, at least 20 for each surface', () => {
  expect(allPayloads.length).toBeGreaterThanOrEqual(300);
  expect(Object.keys(payloads)).toHaveLength(Object.keys(surfaces).length);
  expect(Object.values(payloads).every((list) => list.length >= 20)).toBe(true);
});

// csp.e2e.test.ts renders all of them in Chromium.
const somePayloads = allPayloads.filter((_, index) => index % numRuns(1, 3) === 0);

describe.each(Object.entries(surfaces))('%s', (_, surface) => {
  it('renders payloads without script, request or injected name', () => {
    const alert = vi.spyOn(window, 'alert').mockImplementation(() => undefined);
    const broken: string[] = [];
    for (const payload of somePayloads) {
      const { container, unmount } = render(surface(payload));
      const found = findInjections(container);
      if (found.length > 0) broken.push(`${payload.slice(0, 100)} makes ${found.join(', ')}`);
      unmount();
    }
    expect(broken).toEqual([]);
    expect(alert).not.toHaveBeenCalled();
    expect(findInjections(document.head)).toEqual([]);
  });
});

it('detects injections', () => {
  const hole = document.createElement('div');
  hole.innerHTML =
    '<a href="javascript:alert(1)" name="cookie" onclick="x"><img src="https://evil.example/a.png"></a><script>1</script>';
  expect(findInjections(hole)).toEqual([
    'href=javascript:alert(1)',
    'name=cookie',
    'onclick=x',
    'src=https://evil.example/a.png',
    '<script>',
  ]);
});
