import { decodeHTMLStrict } from 'entities/decode';

/** Decodes all names of the HTML standard. */
export function decodeAnyName(name: string): string | undefined {
  const source = `&${name};`;
  const decoded = decodeHTMLStrict(source);
  return decoded === source ? undefined : decoded;
}
