/** How the bytes of a source file spell its text. */
export type Encoding = 'utf8' | 'utf8-bom' | 'utf16le';

export interface DecodedFile {
  /** Without the byte order mark, as the compiler and editors count. */
  readonly text: string;
  readonly encoding: Encoding;
}

/** Reads UTF-8, with or without a mark, and UTF-16 with one. Bytes that are no UTF-8 become U+FFFD, as in the compiler. */
export function decodeFile(bytes: Buffer): DecodedFile {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString('utf16le', 2), encoding: 'utf16le' };
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { text: bytes.toString('utf8', 3), encoding: 'utf8-bom' };
  }
  return { text: bytes.toString('utf8'), encoding: 'utf8' };
}

export function encodeFile({ text, encoding }: DecodedFile): Buffer {
  if (encoding === 'utf8') return Buffer.from(text, 'utf8');
  return Buffer.from(`\uFEFF${text}`, encoding === 'utf8-bom' ? 'utf8' : 'utf16le');
}
