import type { RequestRecord } from '@impetus/contracts/records';
import type { Fact } from '../../components/facts/facts.tsx';
import { formatCount, formatRate, formatTokens } from '../../lib/format.ts';
import { readingSpeed, writingSpeed } from '../../state/request-timeline.ts';
import { cachedShare, dialectName, endingOf, formatCached } from '../../state/request-words.ts';
import { modelPath } from '../models/model-path.ts';

/** What it cost, and how fast it went. */
export function tokenFacts(record: RequestRecord): Fact[] {
  const reading = readingSpeed(record);
  const writing = writingSpeed(record);
  const written: Fact[] =
    record.kind === 'embedding'
      ? []
      : [
          { term: 'Answer', value: formatTokens(record.completionTokens) },
          { term: 'Writing', value: writing === null ? '–' : formatRate(writing) },
        ];
  return [
    { term: 'Prompt', value: formatTokens(record.promptTokens) },
    { term: 'From the cache', value: cachedWords(record) },
    { term: 'Reading', value: reading === null ? '–' : formatRate(reading) },
    ...written,
  ];
}

function cachedWords(record: RequestRecord): string {
  const share = cachedShare(record);
  if (share === null) return '–';
  return share === 0 ? 'Nothing' : `${formatCount(record.cachedTokens)} of them, ${formatCached(share)}`;
}

/** Who asked for what, and how it ended. */
export function callFacts(record: RequestRecord): Fact[] {
  const ending = endingOf(record);
  return [
    { term: 'Asked by', value: record.requesterName },
    {
      term: 'Model',
      value: (
        <a class="request-detail-link" href={modelPath(record.modelId)}>
          {record.modelId}
        </a>
      ),
    },
    { term: 'Dialect', value: dialectName(record.dialect) },
    { term: 'Endpoint', value: record.endpoint, mono: true },
    { term: 'Answered', value: record.streamed ? 'As it was written' : 'In one piece' },
    ...(ending === null ? [] : [{ term: 'Ended', value: ending }]),
    { term: 'Id', value: record.id, mono: true },
  ];
}
