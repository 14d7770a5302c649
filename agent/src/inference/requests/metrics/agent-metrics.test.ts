import { ImpetusError, type RunnerStatus } from '@impetus/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../account.ts';
import { admit, arrived, note, noteFailure, type RequestFacts } from '../progress.ts';
import { facts } from '../testing/facts.ts';
import { parseMetrics } from '../testing/parse-metrics.ts';
import { AgentMetrics } from './agent-metrics.ts';
import { formatMetrics } from './format.ts';

const runner = { modelId: 'small', state: 'ready', residentBytes: 5_000 } as RunnerStatus;

let metrics: AgentMetrics;
beforeEach(() => {
  metrics = new AgentMetrics({
    isModel: (id) => id === 'small',
    requests: () => ({ active: 2, queued: 3 }),
    runners: () => [runner, { ...runner, modelId: 'next', state: 'starting', residentBytes: null }],
    budget: () => ({ limitBytes: 10_000, source: 'free', usedBytes: 6_000 }),
  });
});

/** A request that was taken, wrote its first token and ended at these moments, in milliseconds. */
function answered(
  changes: Partial<RequestFacts>,
  [taken, first, ended]: readonly [number, number, number],
): void {
  const progress = arrived(facts(changes));
  note(progress, { kind: 'prefill', evaluated: 40, total: 100 }, () => taken);
  note(progress, { kind: 'delta', text: '', tokens: 1 }, () => first);
  const usage = { promptTokens: 100, cachedTokens: 40, completionTokens: 12 };
  note(progress, { kind: 'end', reason: 'stop', usage, timings: { prefillMs: 1, decodeMs: 1 } }, () => ended);
  metrics.ended({ progress } as Account);
}

function failed(
  code: 'cancelled' | 'rate_limited',
  changes: Partial<RequestFacts> = {},
  taken?: number,
): void {
  const progress = arrived(facts(changes));
  if (taken !== undefined) admit(progress, taken);
  noteFailure(progress, new ImpetusError(code, 'No.'), 500);
  metrics.ended({ progress } as Account);
}

const samplesOf = (name: string) => {
  const found = parseMetrics(metrics.text()).get(name)?.samples ?? [];
  return found.map((sample) => [sample.name, sample.labels, sample.value]);
};

describe('the metrics', () => {
  it('have the usual names and types', () => {
    const types = [...parseMetrics(metrics.text()).values()].map(({ name, type }) => `${type} ${name}`);
    expect(types).toEqual([
      'counter impetus_requests_total',
      'histogram impetus_request_duration_seconds',
      'histogram impetus_time_to_first_token_seconds',
      'histogram impetus_queue_duration_seconds',
      'counter impetus_prompt_tokens_total',
      'counter impetus_prompt_tokens_cached_total',
      'counter impetus_generation_tokens_total',
      'gauge impetus_requests_active',
      'gauge impetus_requests_queued',
      'gauge impetus_models_loaded',
      'gauge impetus_runner_resident_bytes',
      'gauge impetus_memory_limit_bytes',
      'gauge impetus_memory_used_bytes',
      'gauge process_resident_memory_bytes',
      'counter process_cpu_seconds_total',
      'gauge process_start_time_seconds',
      'counter impetus_event_loop_busy_seconds_total',
    ]);
  });

  it('count requests by how they ended, and models that do not exist as one', () => {
    answered({}, [1, 2, 3]);
    answered({}, [1, 2, 3]);
    answered({ dialect: 'page' }, [1, 2, 3]);
    failed('cancelled');
    for (const modelId of ['gpt-4', 'gpt-5']) failed('rate_limited', { modelId });
    expect(samplesOf('impetus_requests_total')).toEqual([
      ['impetus_requests_total', { dialect: 'openai', model: 'small', outcome: 'done' }, 2],
      ['impetus_requests_total', { dialect: 'page', model: 'small', outcome: 'done' }, 1],
      ['impetus_requests_total', { dialect: 'openai', model: 'small', outcome: 'cancelled' }, 1],
      ['impetus_requests_total', { dialect: 'openai', model: 'unknown', outcome: 'failed' }, 2],
    ]);
  });

  it('put times in seconds into cumulative buckets', () => {
    answered({}, [20, 80, 700]);
    answered({}, [20, 300, 1_000_000]);
    const model = 'small';
    const name = 'impetus_request_duration_seconds';
    const found = samplesOf(name);
    expect(found).toContainEqual([`${name}_bucket`, { model, le: '0.5' }, 0]);
    expect(found).toContainEqual([`${name}_bucket`, { model, le: '1' }, 1]);
    expect(found).toContainEqual([`${name}_bucket`, { model, le: '600' }, 1]);
    expect(found).toContainEqual([`${name}_bucket`, { model, le: '+Inf' }, 2]);
    expect(found).toContainEqual([`${name}_sum`, { model }, 1_000.7]);
    expect(found).toContainEqual([`${name}_count`, { model }, 2]);
    const first = 'impetus_time_to_first_token_seconds';
    expect(samplesOf(first)).toContainEqual([`${first}_bucket`, { model, le: '0.1' }, 1]);
    expect(samplesOf(first)).toContainEqual([`${first}_sum`, { model }, 0.38]);
  });

  it('leave out of the times what never ran, and out of the durations what was not answered', () => {
    failed('rate_limited');
    expect(samplesOf('impetus_queue_duration_seconds')).toEqual([]);
    failed('cancelled', {}, 30);
    const queue = 'impetus_queue_duration_seconds';
    expect(samplesOf(queue)).toContainEqual([`${queue}_count`, { model: 'small' }, 1]);
    expect(samplesOf('impetus_request_duration_seconds')).toEqual([]);
  });

  it('count tokens', () => {
    answered({}, [1, 2, 3]);
    answered({}, [1, 2, 3]);
    const labels = { model: 'small' };
    expect(samplesOf('impetus_prompt_tokens_total')).toEqual([['impetus_prompt_tokens_total', labels, 200]]);
    expect(samplesOf('impetus_prompt_tokens_cached_total')[0]?.[2]).toBe(80);
    expect(samplesOf('impetus_generation_tokens_total')[0]?.[2]).toBe(24);
  });

  it('tell how the agent is now', () => {
    expect(samplesOf('impetus_requests_active')[0]?.[2]).toBe(2);
    expect(samplesOf('impetus_requests_queued')[0]?.[2]).toBe(3);
    expect(samplesOf('impetus_models_loaded')[0]?.[2]).toBe(1);
    expect(samplesOf('impetus_runner_resident_bytes')).toEqual([
      ['impetus_runner_resident_bytes', { model: 'small' }, 5_000],
    ]);
    expect(samplesOf('impetus_memory_limit_bytes')[0]?.[2]).toBe(10_000);
    expect(samplesOf('impetus_memory_used_bytes')[0]?.[2]).toBe(6_000);
    expect(samplesOf('process_resident_memory_bytes')[0]?.[2]).toBeGreaterThan(1e6);
  });
});

describe('the format', () => {
  it('escapes what it has to', () => {
    const model = 'a "quoted"\\path\nin two lines';
    const samples = [{ labels: { model }, value: 1 }];
    const text = formatMetrics([{ name: 'one', help: 'With \\ and\nmore.', type: 'gauge', samples }]);
    expect(text).toBe(
      '# HELP one With \\\\ and\\nmore.\n# TYPE one gauge\none{model="a \\"quoted\\"\\\\path\\nin two lines"} 1\n',
    );
    expect(parseMetrics(text).get('one')?.samples[0]?.labels['model']).toBe(model);
  });

  it('names what is no number', () => {
    const samples = [Infinity, -Infinity, NaN, 1e21, 5e-7].map((value, n) => ({
      labels: { n: `${n}` },
      value,
    }));
    const text = formatMetrics([{ name: 'one', help: 'Numbers.', type: 'gauge', samples }]);
    expect(
      parseMetrics(text)
        .get('one')
        ?.samples.map(({ value }) => value),
    ).toEqual([Infinity, -Infinity, NaN, 1e21, 5e-7]);
  });

  it.each([
    ['no end of line', '# HELP a b\n# TYPE a gauge\na 1'],
    ['a bare quote', '# HELP a b\n# TYPE a gauge\na{b="c"d"} 1\n'],
    ['a foreign sample', '# HELP a b\n# TYPE a gauge\nb 1\n'],
    ['buckets that fall', histogram('1', '2', '1')],
    ['another count', histogram('1', '1', '2')],
  ])('has a reader here that refuses %s', (_, text) => {
    expect(() => parseMetrics(text)).toThrow();
  });
});

function histogram(count: string, first: string, infinite: string): string {
  return `# HELP a b\n# TYPE a histogram\na_bucket{le="1"} ${first}\na_bucket{le="+Inf"} ${infinite}\na_sum 1\na_count ${count}\n`;
}
