/** Longest delay of a timer, about 25 days. Timers with a longer one fire immediately. */
export const MAX_TIMER_MS = 2 ** 31 - 1;
