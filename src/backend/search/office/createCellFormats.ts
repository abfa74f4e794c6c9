import { readXml } from './readXml.js';

/** Returns the text of a number in a cell with a style. */
export type FormatNumber = (value: string, style: number) => string;

/** Ids of the formats for dates and times that every workbook has. */
const DATE_FORMATS: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];
const MILLISECONDS_PER_DAY = 86_400_000;
/** Days from the start of the calendar of a workbook to 1970. */
const DAYS_TO_1970 = { from1900: 25_569, from1904: 24_107 };
/** The end of the year 9999, in days. */
const MAX_DAYS = 2_958_466;
/** Longest format that is looked at, in UTF-16 units. */
const MAX_CODE_LENGTH = 255;

/**
 * Creates a function that formats numbers. Dates are numbers with a format for dates; they become ISO dates.
 *
 * @param xml Styles of the workbook. Undefined for none.
 */
export async function createCellFormats(
  xml: string | undefined,
  isFrom1904: boolean,
): Promise<FormatNumber> {
  const dateStyles = await readDateStyles(xml ?? '');
  const offset = isFrom1904 ? DAYS_TO_1970.from1904 : DAYS_TO_1970.from1900;
  return (text, style) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) return text;
    // Removes the digits of the binary fraction, such as 3.1400000000000001.
    if (dateStyles[style] !== true || value < 0 || value >= MAX_DAYS) return String(value);
    return formatDate(value, offset);
  };
}

function formatDate(days: number, offset: number): string {
  const milliseconds = Math.round((days - offset) * MILLISECONDS_PER_DAY);
  const [date = '', time = ''] = new Date(milliseconds).toISOString().split('T');
  const clock = time.slice(0, 5);
  if (days < 1) return clock;
  return clock === '00:00' ? date : `${date} ${clock}`;
}

/** Returns for each style whether it is one for dates. */
async function readDateStyles(xml: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let isInStyles = false;
  await readXml(xml, {
    open(name, attributes) {
      const id = Number(attributes.get('numFmtId') ?? 0);
      if (name === 'cellXfs') isInStyles = true;
      else if (name === 'numFmt') codes.set(id, attributes.get('formatCode') ?? '');
      else if (name === 'xf' && isInStyles) styles.push(isDateFormat(id, codes.get(id)));
    },
    close(name) {
      if (name === 'cellXfs') isInStyles = false;
    },
  });
  return styles;
}

function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return DATE_FORMATS.some(([first, last]) => id >= first && id <= last);
  // Without literal text, colors and conditions.
  return /[ymdhs]/i.test(code.slice(0, MAX_CODE_LENGTH).replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}
