import { render } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { allPayloads, payloads } from './payloads.js';
import { damage, surfaces } from './Surfaces.js';

it('tries at least 300 payloads, some made for each surface', () => {
  expect(allPayloads.length).toBeGreaterThanOrEqual(300);
  expect(Object.keys(payloads)).toHaveLength(Object.keys(surfaces).length);
  expect(Object.values(payloads).every((list) => list.length >= 20)).toBe(true);
});

describe.each(Object.entries(surfaces))('%s', (_, show) => {
  it('lets nothing run, load or take a name', () => {
    const alert = vi.spyOn(window, 'alert').mockImplementation(() => undefined);
    const broken: string[] = [];
    for (const payload of allPayloads) {
      const { container, unmount } = render(show(payload));
      const found = damage(container);
      if (found.length > 0) broken.push(`${payload.slice(0, 100)} makes ${found.join(', ')}`);
      unmount();
    }
    expect(broken).toEqual([]);
    expect(alert).not.toHaveBeenCalled();
    expect(damage(document.head)).toEqual([]);
  }, 60_000);
});

it('would see it', () => {
  const hole = document.createElement('div');
  hole.innerHTML =
    '<a href="javascript:alert(1)" name="cookie" onclick="x"><img src="https://evil.example/a.png"></a><script>1</script>';
  expect(damage(hole)).toEqual([
    'href=javascript:alert(1)',
    'name=cookie',
    'onclick=x',
    'src=https://evil.example/a.png',
    '<script>',
  ]);
});
