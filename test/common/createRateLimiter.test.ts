import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import { createRateLimiter } from '../../src/common/createRateLimiter.js';

function createHarness(requestsPerMinute: number) {
  let time = 1_700_000_000_000;
  return {
    request: createRateLimiter(requestsPerMinute, () => time),
    advance: (ms: number) => {
      time += ms;
    },
  };
}

describe('createRateLimiter', () => {
  it('allows a burst of the full quota, then rejects', () => {
    const { request } = createHarness(3);
    expect(request('ada')).toEqual({
      isAllowed: true,
      remaining: 2,
      resetMs: 20_000,
      retryAfterMs: 0,
    });
    expect(request('ada')).toMatchObject({ isAllowed: true, remaining: 1 });
    expect(request('ada')).toMatchObject({ isAllowed: true, remaining: 0 });
    expect(request('ada')).toEqual({
      isAllowed: false,
      remaining: 0,
      resetMs: 60_000,
      retryAfterMs: 20_000,
    });
  });

  it('gives requests back at an even rate', () => {
    const { request, advance } = createHarness(3);
    for (let count = 0; count < 4; count += 1) request('ada');
    advance(19_999);
    expect(request('ada')).toMatchObject({ isAllowed: false, retryAfterMs: 1 });
    advance(1);
    expect(request('ada')).toMatchObject({ isAllowed: true, remaining: 0 });
    expect(request('ada')).toMatchObject({ isAllowed: false });
  });

  it('keeps a quota for each caller', () => {
    const { request } = createHarness(1);
    expect(request('ada').isAllowed).toBe(true);
    expect(request('bob').isAllowed).toBe(true);
    expect(request('ada').isAllowed).toBe(false);
  });

  it('does not count rejected requests', () => {
    const { request, advance } = createHarness(1);
    for (let count = 0; count < 10; count += 1) request('ada');
    advance(60_000);
    expect(request('ada').isAllowed).toBe(true);
  });

  it('neither delays nor favours a caller when the clock is set back', () => {
    const { request, advance } = createHarness(2);
    request('ada');
    advance(-3_600_000);
    expect(request('ada')).toMatchObject({ isAllowed: true, remaining: 0 });
    advance(-3_600_000);
    expect(request('ada')).toMatchObject({ isAllowed: false, retryAfterMs: 30_000 });
    advance(30_000);
    expect(request('ada').isAllowed).toBe(true);
    expect(request('bob')).toMatchObject({ isAllowed: true, remaining: 1 });
  });

  it('keeps the quota for any walk of the clock', async () => {
    const steps = fc.array(fc.integer({ min: -100_000, max: 5_000 }), { maxLength: 60 });
    await assertProperty(
      fc.property(fc.integer({ min: 1, max: 20 }), steps, (quota, walk) => {
        const { request, advance } = createHarness(quota);
        let allowed = 0;
        let passedMs = 0;
        for (const step of walk) {
          advance(step);
          passedMs += Math.max(step, 0);
          const { isAllowed, retryAfterMs } = request('ada');
          allowed += isAllowed ? 1 : 0;
          expect(retryAfterMs).toBeLessThanOrEqual(60_000 / quota + 0.01);
        }
        const earned = Math.floor((passedMs * quota) / 60_000 + 0.01);
        expect(allowed).toBeLessThanOrEqual(quota + earned);
        expect(allowed).toBeGreaterThanOrEqual(Math.min(walk.length, quota));
      }),
      { name: 'rateLimiter-burst', full: 2_000, small: 100 },
    );
  });

  it('allows one request per interval if the limit is below one per minute', () => {
    const { request, advance } = createHarness(0.5);
    expect(request('ada')).toMatchObject({ isAllowed: true, remaining: 0 });
    expect(request('ada')).toMatchObject({ isAllowed: false, retryAfterMs: 120_000 });
    advance(120_000);
    expect(request('ada').isAllowed).toBe(true);
  });

  it.each([0, -1, NaN])('refuses a limit of %s requests per minute', (quota) => {
    expect(() => createHarness(quota)).toThrow(/greater than 0/);
  });

  it('allows exactly the quota in a burst, for any quota', async () => {
    await assertProperty(
      fc.property(fc.integer({ min: 1, max: 500 }), (quota) => {
        const { request } = createHarness(quota);
        for (let left = quota - 1; left >= 0; left -= 1) {
          expect(request('ada')).toMatchObject({ isAllowed: true, remaining: left });
        }
        expect(request('ada').isAllowed).toBe(false);
      }),
      { name: 'rateLimiter-slow', full: 500, small: 20 },
    );
  });
});
