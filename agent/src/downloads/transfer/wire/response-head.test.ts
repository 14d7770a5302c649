import { describe, expect, it } from 'vitest';
import { bodyLength, endOfHead, parseHead } from './response-head.ts';

const head = (...lines: readonly string[]) => Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');

describe('the head of an answer', () => {
  it('ends at the empty line, and not before', () => {
    const bytes = head('HTTP/1.1 200 OK', 'A: b');
    expect(endOfHead(bytes)).toBe(bytes.length);
    expect(endOfHead(Buffer.concat([bytes, Buffer.from('more')]))).toBe(bytes.length);
    expect(endOfHead(bytes.subarray(0, -1))).toBe(-1);
  });

  it('has its status and its headers by lower-case name', () => {
    const parsed = parseHead(
      head('HTTP/1.1 206 Partial Content', 'Content-Range:  bytes 0-1/2 ', 'ETag: "x"'),
    );
    expect(parsed?.status).toBe(206);
    expect([...(parsed?.headers ?? [])]).toEqual([
      ['content-range', 'bytes 0-1/2'],
      ['etag', '"x"'],
    ]);
  });

  it.each([
    ['HTTP/1.0 200 OK'],
    ['HTTP/2 200'],
    ['ICY 200 OK'],
    ['HTTP/1.1 20 OK'],
    ['HTTP/1.1 200 OK', 'no colon'],
    ['HTTP/1.1 200 OK', ' folded: line'],
    ['HTTP/1.1 200 OK', 'name : value'],
  ])('is none: %j', (...lines) => {
    expect(parseHead(head(...lines))).toBeNull();
  });
});

describe('the length of a body', () => {
  const lengthOf = (...lines: readonly string[]) => {
    const parsed = parseHead(head(...lines));
    return parsed === null ? 'no head' : bodyLength(parsed);
  };

  it('is what the head says', () => {
    expect(lengthOf('HTTP/1.1 200 OK', 'Content-Length: 12')).toBe(12);
    expect(lengthOf('HTTP/1.1 304 Not Modified')).toBe(0);
  });

  it.each([
    ['HTTP/1.1 200 OK'],
    ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'],
    ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked'],
    ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 6'],
    ['HTTP/1.1 200 OK', 'Content-Length: -1'],
  ])('cannot be told from %j', (...lines) => {
    expect(lengthOf(...lines)).toBeNull();
  });
});
