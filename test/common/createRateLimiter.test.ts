import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../src/common/createRateLimiter.js';
import { numRuns } from '../budget.js';

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

  it('delays a caller by at most a minute when the clock is set back', () => {
    const { request, advance } = createHarness(2);
    request('ada');
    request('ada');
    advance(-3_600_000);
    expect(request('ada')).toMatchObject({ isAllowed: false, retryAfterMs: 30_000 });
    advance(30_000);
    expect(request('ada').isAllowed).toBe(true);
  });

  it('allows exactly the quota in a burst, for any quota', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (quota) => {
        const { request } = createHarness(quota);
        for (let left = quota - 1; left >= 0; left -= 1) {
          expect(request('ada')).toMatchObject({ isAllowed: true, remaining: left });
        }
        expect(request('ada').isAllowed).toBe(false);
      }),
      { numRuns: numRuns(500, 20) },
    );
  });
});
