/** Formatters for numbers, times and durations in one language. Times are Unix timestamps in seconds, as in the API. */
export interface TextFormat {
  /** BCP 47 tag. Undefined means the language of the browser. */
  readonly locale: string | undefined;
  /** Formats a number: `1,234`. */
  number: (value: number) => string;
  /** Formats the time of day. */
  time: (seconds: number) => string;
  /** Formats day, month and year. */
  day: (seconds: number) => string;
  /** Returns the same key for two times on the same day. Not for display. */
  dayKey: (seconds: number) => string;
  /** Formats day and time of day. */
  dateTime: (seconds: number) => string;
  /** Formats a duration in seconds: `8 sec`, `1:05` or `2 hr 3 min`. */
  duration: (seconds: number) => string;
}

/**
 * Creates the formatters of a language. Create them once and reuse them: Intl objects are slow to construct.
 *
 * @param locale BCP 47 tag. Undefined means the language of the browser.
 * @param timeZone Undefined means the time zone of the browser.
 */
export function createFormat(locale: string | undefined, timeZone?: 'UTC'): TextFormat {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const createDateFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const time = createDateFormat({ hour: 'numeric', minute: '2-digit' });
  const day = createDateFormat({ day: 'numeric', month: 'long', year: 'numeric' });
  const dateTime = createDateFormat({ dateStyle: 'medium', timeStyle: 'short' });
  const unit = (name: string): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: 0,
    });
  const seconds = unit('second');
  const padded = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  const minutes = unit('minute');
  const hours = unit('hour');

  return {
    locale,
    number: (value) => number.format(value),
    time: (value) => time.format(value * 1000),
    day: (value) => day.format(value * 1000),
    dayKey(value) {
      const date = new Date(value * 1000);
      return timeZone === undefined ? date.toDateString() : date.toISOString().slice(0, 10);
    },
    dateTime: (value) => dateTime.format(value * 1000),
    duration(value) {
      const whole = Math.max(0, Math.round(value));
      if (whole < 60) return seconds.format(whole);
      if (whole < 3600)
        return `${number.format(Math.floor(whole / 60))}:${padded.format(whole % 60)}`;
      return `${hours.format(Math.floor(whole / 3600))} ${minutes.format(Math.floor((whole % 3600) / 60))}`;
    },
  };
}
