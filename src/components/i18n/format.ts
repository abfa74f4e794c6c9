/** Numbers, times and durations in the words of one language. Times go in as Unix seconds, the unit of the wire. */
export interface TextFormat {
  readonly locale: string | undefined;
  /** `1,234` */
  number: (value: number) => string;
  /** `0.5` as `50%` */
  percent: (fraction: number) => string;
  /** Time of day. */
  time: (seconds: number) => string;
  /** Day, month and year. */
  day: (seconds: number) => string;
  /** The same text for two times of one day. */
  dayKey: (seconds: number) => string;
  /** Day and time of day. */
  dateTime: (seconds: number) => string;
  /** Seconds as `8 s`, `1 min 05 s` or `2 hr 3 min`, in the short unit names of the language. */
  duration: (seconds: number) => string;
  /** Bytes as kB, MB or GB of a thousand each. */
  bytes: (bytes: number) => string;
  /** Names joined as in `a, b, and c`. */
  list: (names: readonly string[]) => string;
}

/**
 * Formatters for one language, made once and reused: Intl objects are slow to construct.
 * @param locale BCP 47; undefined takes the one of the browser
 * @param timeZone undefined takes the one of the browser
 */
export function createFormat(locale: string | undefined, timeZone?: 'UTC'): TextFormat {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone });
  const day = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  });
  const dateTime = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const unit = (name: string, minimumIntegerDigits = 1): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      minimumIntegerDigits,
      maximumFractionDigits: 0,
    });
  const size = (name: string, value: number): string =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: value < 10 ? 1 : 0,
    }).format(value);
  const seconds = unit('second');
  const paddedSeconds = unit('second', 2);
  const minutes = unit('minute');
  const hours = unit('hour');

  return {
    locale,
    number: (value) => number.format(value),
    percent: (fraction) => percent.format(fraction),
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
        return `${minutes.format(Math.floor(whole / 60))} ${paddedSeconds.format(whole % 60)}`;
      return `${hours.format(Math.floor(whole / 3600))} ${minutes.format(Math.floor((whole % 3600) / 60))}`;
    },
    bytes(value) {
      if (value < 1_000) return size('byte', value);
      if (value < 1_000_000) return size('kilobyte', value / 1_000);
      if (value < 1_000_000_000) return size('megabyte', value / 1_000_000);
      return size('gigabyte', value / 1_000_000_000);
    },
    list: (names) => list.format(names),
  };
}
