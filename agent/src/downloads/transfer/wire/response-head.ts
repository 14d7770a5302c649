/** The status line and the headers of an answer of HTTP/1.1. */
export interface ResponseHead {
  readonly status: number;
  /** By lower-case name; several of one name are joined. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Where the head ends in these bytes; -1 while it is not all there. */
export function endOfHead(bytes: Buffer): number {
  const end = bytes.indexOf('\r\n\r\n');
  return end < 0 ? -1 : end + 4;
}

/** Null for what is no head of HTTP/1.1: whoever answers so is left to a parser that forgives more. */
export function parseHead(bytes: Buffer): ResponseHead | null {
  const [first = '', ...lines] = bytes.toString('latin1').trimEnd().split('\r\n');
  const [, status] = /^HTTP\/1\.1 (\d{3})(?: |$)/u.exec(first) ?? [];
  if (status === undefined) return null;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value = ''] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([^\r\n\0]*?)[ \t]*$/u.exec(line) ?? [];
    if (name === undefined) return null;
    const before = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }
  return { status: Number(status), headers };
}

/** How long the body is, where the head alone says so; null where it is cut into chunks or ends with the connection. */
export function bodyLength({ status, headers }: ResponseHead): number | null {
  if (status === 204 || status === 304) return 0;
  const length = headers.get('content-length') ?? '';
  return !headers.has('transfer-encoding') && /^\d{1,15}$/u.test(length) ? Number(length) : null;
}
